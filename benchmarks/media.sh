#!/usr/bin/env bash
# The managed media engine beside libwebrtc (as a module of Node.js) and werift: calls set up on the loopback, one after another and fifty at once; beside libwebrtc, fifty
# voice calls (and twenty of libwebrtc's, where fifty are too many for two cores); and, of the managed engine alone, the way of a packet. Prints one name=value a line on stdout; everything else goes to stderr.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

dotnet build benchmarks/Calls.Benchmarks --configuration Release --nologo --verbosity quiet >&2
[[ -d benchmarks/media/node_modules ]] || npm ci --prefix benchmarks/media --no-audit --no-fund >&2
measure='ip link set lo up
node benchmarks/media/setups.mjs libwebrtc 100
node benchmarks/media/setups.mjs werift 100
node benchmarks/media/voice.mjs 20 G711 unheard
node benchmarks/media/voice.mjs 50 G711 unheard
exec dotnet benchmarks/Calls.Benchmarks/bin/Release/net10.0/Calls.Benchmarks.dll --media'
unshare -n sh -c "$measure"

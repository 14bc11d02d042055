#!/usr/bin/env bash
# Click to connected, and click to the first remote frame: the C# client against a plain JavaScript client on the same server; medians of 20.
# Prints one name=value a line on stdout; everything else goes to stderr.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

published=$(mktemp -d)
trap 'rm -rf "$published"' EXIT
dotnet publish samples/Calls.Sample.Web --configuration Release --nologo --verbosity quiet --output "$published" >&2
dotnet build tests/Calls.Browser.Tests --configuration Release --nologo --verbosity quiet >&2
CALLS_SAMPLE_DIRECTORY=$published unshare -n sh -c 'ip link set lo up; exec dotnet tests/Calls.Browser.Tests/bin/Release/net10.0/Calls.Browser.Tests.dll'

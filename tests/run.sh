#!/usr/bin/env bash
# Installs what is missing, builds once, and runs every test in a network namespace that knows only the loopback.
# For a long night: CALLS_FUZZ_RUNS=10000000 CALLS_SIMULATOR_RUNS=1000000 bash tests/run.sh
# With CALLS_TRANSPORT=signalr the scenarios in the browser run over a hub.
# Ends with one line, "N passed, N failed, N skipped"; the exit code is 0 only when everything was built and run and nothing failed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en

configuration=${CONFIGURATION:-Release}
results=artifacts/test-results
apart=tests/Calls.Media.SIPSorcery.Tests/Calls.Media.SIPSorcery.Tests.csproj
passed=0 failed=0 skipped=0 broken=()

install_missing() {
  local packages=()
  command -v chromium >/dev/null || packages+=(chromium)
  command -v firefox-esr >/dev/null || packages+=(firefox-esr)
  command -v turnserver >/dev/null || packages+=(coturn)
  command -v ffmpeg >/dev/null || packages+=(ffmpeg)
  command -v arecord >/dev/null || packages+=(alsa-utils)
  command -v nft >/dev/null || packages+=(nftables)
  command -v ip >/dev/null || packages+=(iproute2)
  command -v unshare >/dev/null || packages+=(util-linux)
  command -v redis-server >/dev/null || packages+=(redis-server)
  command -v npm >/dev/null || packages+=(nodejs npm)
  if ((${#packages[@]})); then
    echo "== installing ${packages[*]}"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
  fi
}

# Nothing leaves the machine, and nothing on the machine is in the way of a port.
on_loopback_only() {
  unshare -n sh -c 'ip link set lo up; exec "$@"' sh "$@"
}

# Adds up one trx file: the counters stand on one line.
count() {
  local counters
  counters=$(grep -o '<Counters [^>]*>' "$1" | head -n 1)
  value() { sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$counters"; }
  local all ran good
  all=$(value total) ran=$(value executed) good=$(value passed)
  passed=$((passed + good)) failed=$((failed + ran - good)) skipped=$((skipped + all - ran))
}

run_project() {
  local project=$1 name trx
  name=$(basename "$project" .csproj)
  trx=$PWD/$results/$name.trx
  echo "== $name"
  local code=0
  on_loopback_only dotnet test "$project" --configuration "$configuration" --no-build --nologo \
    --logger "trx;LogFileName=$trx" --logger "console;verbosity=minimal" || code=$?
  if [[ -s $trx ]]; then
    count "$trx"
    # What a test has counted is told too.
    grep -o 'runs=[0-9]* lost=[0-9]* doubled=[0-9]* disagreed=[0-9]*' "$trx" | sort -u || true
    # A test host that died leaves a file of the tests until then.
    if grep -q 'outcome="Aborted"\|<ResultSummary outcome="Error"\|The active test run was aborted' "$trx"; then
      broken+=("$name: the test run was aborted")
    elif ((code)) && ! grep -q 'outcome="Failed"' "$trx"; then
      broken+=("$name: exit code $code")
    fi
  else
    broken+=("$name: no result (exit code $code)")
  fi
}

# The adapter to SIPSorcery stands apart from the solution, because not every feed carries SIPSorcery.
run_apart() {
  local said
  if ! said=$(dotnet restore "$apart" --nologo --verbosity quiet 2>&1); then
    if grep -q 'NU110[1-3]: .*SIPSorcery' <<<"$said"; then
      echo "== $(basename "$apart" .csproj): skipped, because the configured feeds do not carry SIPSorcery"
    else
      broken+=("$(basename "$apart" .csproj): the restore failed")
    fi
  elif dotnet build "$apart" --configuration "$configuration" --no-restore --nologo --verbosity quiet; then
    run_project "$apart"
  else
    broken+=("$(basename "$apart" .csproj): the build failed")
  fi
}

install_missing
rm -rf "$results"
mkdir -p "$results"

echo "== building ($configuration)"
if ! dotnet build Calls.sln --configuration "$configuration" --nologo --verbosity quiet; then
  broken+=("the build failed")
else
  for check in tests/*.sh; do
    [[ $check == tests/run.sh ]] && continue
    echo "== $(basename "$check")"
    bash "$check" || broken+=("$(basename "$check") failed")
  done
  for project in tests/*/*.Tests.csproj; do
    [[ $project == "$apart" ]] && continue
    run_project "$project"
  done
  run_apart
fi

for problem in ${broken[@]+"${broken[@]}"}; do
  echo "!! $problem" >&2
done
echo "$passed passed, $failed failed, $skipped skipped"
((failed == 0 && ${#broken[@]} == 0 && passed > 0))

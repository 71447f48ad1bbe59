#!/bin/sh
# Our SARIF before Microsoft's validator with the rules of GitHub's code scanning on. $1 is the
# program, $2 a folder to install the validator in. The validator exits with 0 whatever it finds,
# so its words are read.
set -u
program=$1
tool=$2
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/tests/facts.sh"
[ "$(uname -sm)" = 'Linux x86_64' ] || skip 'the validator is published for Linux on x86-64'
command -v npm >/dev/null || skip 'npm is not installed'

mkdir -p "$tool"
if ! cmp -s "$root/tests/integration/sarif/package-lock.json" "$tool/installed.json"; then
  cp "$root/tests/integration/sarif/package.json" "$root/tests/integration/sarif/package-lock.json" \
    "$tool/"
  certificates=/etc/ssl/certs/ca-certificates.crt
  [ -z "${NODE_EXTRA_CA_CERTS-}" ] && [ -f "$certificates" ] &&
    export NODE_EXTRA_CA_CERTS="$certificates"
  (cd "$tool" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) ||
    skip 'npm could not fetch the validator'
  cp "$tool/package-lock.json" "$tool/installed.json"
fi
validator=$tool/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool
chmod u+x "$validator"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# It carries .NET with it and unpacks it somewhere; no library for other languages is needed.
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 DOTNET_BUNDLE_EXTRACT_BASE_DIR="$work/net"
export DOTNET_CLI_TELEMETRY_OPTOUT=1
validate() {
  timeout -k 5 120 "$validator" validate "$@" --rule-kind 'Sarif;Ghas' \
    --output "$work/verdict.sarif" --log ForceOverwrite 2>&1
}

verdict=$(validate "$root/tests/integration/sarif/refused.sarif")
says 'the validator refuses a log that GitHub would refuse' "$verdict" 'error GH2012'

cd "$root" || exit 1
"$program" check --format sarif --output "$work/demo.sarif" fixtures/demo
fact 'the demo has findings' "$?" 1
printf 'docker compose exec -T db psql\n' |
  "$program" check --format sarif --stdin-filename 'ops/a name.sh' --output "$work/clean.sarif" -
fact 'a clean script has none' "$?" 0
mkdir -p "$work/odd/ops & more"
printf 'services:\n  db:\n    image: postgres\n' >"$work/odd/compose.yaml"
printf 'docker compose exec db psql <é.sql # \t"ü"\n' >"$work/odd/ops & more/rücksetzen #1.sh"
(cd "$work/odd" && "$program" check --format sarif --output "$work/odd.sarif" .)
fact 'odd names and characters make no difference' "$?" 1

verdict=$(validate "$work/demo.sarif" "$work/clean.sarif" "$work/odd.sarif")
says 'all logs were read' "$verdict" '3 files scanned'
says 'to the end' "$verdict" 'Analysis completed successfully'
fact 'and there is no error in them' "$(printf '%s\n' "$verdict" | grep -c ': error ')" 0
printf '%s\n' "$verdict" | grep -E ': (error|warning) '
conclude

#!/bin/sh
. "$(dirname "$0")/lib.sh"
cat >compose.yaml <<EOF
services:
  app:
    image: $image
    init: true
    command: [sleep, "600"]
EOF
compose up -d >/dev/null 2>&1

# refused COMMAND PART
refused() {
  text=$(eval "$1" 2>&1 </dev/null)
  status=$?
  [ "$status" -eq 0 ] || status=refused
  fact "$1: refused" "$status" refused
  says "$1: says why" "$text" "$2"
}
refused 'compose run --rm --project-name other app true' 'unknown flag: --project-name'
refused 'compose exec -T --env-file .env app true' 'unknown flag: --env-file'
refused 'compose up --rm app' 'unknown flag: --rm'
refused 'compose exec --rm app true' 'unknown flag: --rm'
refused 'compose lgos app' 'unknown docker command: "compose lgos"'
refused 'compose app' 'unknown docker command: "compose app"'
refused 'compose exec -T app' 'requires at least 2 arg'
refused 'compose run' 'requires at least 1 arg'
refused 'compose logs --tail' 'flag needs an argument: --tail'
compose >/dev/null 2>&1
fact 'no verb at all prints the help and does nothing, successfully' "$?" 0

fact 'what looks like an option after the service is the command' \
  "$(compose exec app -T true >/dev/null 2>&1 </dev/null && echo ran || echo failed)" failed
before=$(one_offs)
compose run app --rm true >/dev/null 2>&1 </dev/null
fact 'and a --rm there removes nothing' "$(($(one_offs) - before))" 1
fact 'an unknown word goes to the command untouched' \
  "$(compose exec -T app echo --rm -T 2>/dev/null </dev/null)" '--rm -T'
conclude

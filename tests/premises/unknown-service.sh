#!/bin/sh
. "$(dirname "$0")/lib.sh"
cat >compose.yaml <<EOF
services:
  app:
    image: $image
  tool:
    image: $image
    profiles: [tools]
EOF
compose up -d >/dev/null 2>&1

for verb in up start stop restart logs ps build pull create; do
  text=$(compose $verb wroker </dev/null 2>&1)
  fact "$verb of an unknown service is refused" "$?" 1
  says "$verb names it" "$text" 'no such service: wroker'
done
text=$(compose run --rm wroker true </dev/null 2>&1)
fact 'run of an unknown service is refused' "$?" 1
says 'run names it' "$text" 'no such service: wroker'
text=$(compose exec -T wroker true </dev/null 2>&1)
fact 'exec of an unknown service is refused' "$?" 1
says 'exec tells it from a stopped one no better' "$text" 'service "wroker" is not running'
compose run --rm tool true </dev/null >/dev/null 2>&1
fact 'a service of another profile is known to run' "$?" 0
conclude

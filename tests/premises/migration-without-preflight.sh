#!/bin/sh
# What looking first would have shown: `run` acts on the stack as the files say it, not as it runs.
. "$(dirname "$0")/lib.sh"
cat >compose.yaml <<EOF
services:
  db:
    image: $image
    init: true
    command: [sleep, "600"]
    environment: {TUNING: "\${TUNING-live}"}
  app:
    image: $image
    depends_on: [db]
EOF
compose up -d db >/dev/null 2>&1
live=$(compose ps -q db)

compose run --rm app true </dev/null >/dev/null 2>&1
fact 'run leaves an unchanged dependency alone' "$(compose ps -q db)" "$live"
plan=$(TUNING=other compose --dry-run run -d app true </dev/null 2>&1)
says 'a dry run shows that the dependency would be recreated' "$plan" 'Recreate'
fact 'and does not do it' "$(compose ps -q db)" "$live"
TUNING=other compose run --rm app true </dev/null >/dev/null 2>&1
fact 'run replaces a live dependency whose configuration differs' \
  "$([ "$(compose ps -q db)" = "$live" ] && echo kept || echo replaced)" replaced

compose stop -t 0 db >/dev/null 2>&1
fact 'ps shows that the dependency is down' "$(compose ps -q db)" ''
compose run --rm app true </dev/null >/dev/null 2>&1
fact 'run starts it unasked' "$(compose ps -q db | wc -l)" 1

sed -i 's/TUNING-live/TUNING/' compose.yaml
warning=$(compose config -q 2>&1)
fact 'config accepts an unset variable' "$?" 0
says 'with nothing but a warning' "$warning" 'variable is not set'
conclude

#!/bin/sh
# The one-off container goes, what it did to the data stays.
. "$(dirname "$0")/lib.sh"
cat >compose.yaml <<EOF
services:
  db:
    image: $image
    init: true
    command: [sleep, "600"]
    volumes: ["data:/data"]
  app:
    image: $image
    volumes: ["data:/data"]
volumes:
  data: {}
EOF
compose up -d db >/dev/null 2>&1
compose exec -T db sh -c 'echo old >/data/schema' </dev/null
compose run --rm app sh -c 'echo new >/data/schema; exit 3' </dev/null 2>/dev/null
fact 'a migration that fails passes its code on' "$?" 3
fact 'its container is gone' "$(one_offs)" 0
fact 'the live service sees the half-done change' \
  "$(compose exec -T db cat /data/schema </dev/null)" new
compose up -d --force-recreate db >/dev/null 2>&1
fact 'going back to a fresh container brings nothing back' \
  "$(compose exec -T db cat /data/schema </dev/null)" new

compose exec -T db cat /data/schema </dev/null >before.sql
compose run --rm app sh -c 'echo worse >/data/schema' </dev/null 2>/dev/null
compose exec -T db sh -c 'cat >/data/schema' <before.sql
fact 'a dump taken before it does' "$(compose exec -T db cat /data/schema </dev/null)" new
conclude

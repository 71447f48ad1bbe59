#!/bin/sh
. "$(dirname "$0")/lib.sh"
cat >compose.yaml <<EOF
services:
  app:
    image: $image
    volumes: [/data]
EOF

compose run --rm app true </dev/null 2>/dev/null
fact 'with --rm nothing is left' "$(one_offs)" 0
compose run app true </dev/null 2>/dev/null
fact 'without --rm the container stays' "$(one_offs)" 1
fact 'ps does not show it' "$(compose ps -q | wc -l)" 0
fact 'ps -a does' "$(compose ps -aq | wc -l)" 1
compose down -v >/dev/null 2>&1
fact 'down -v does not remove it' "$(one_offs)" 1
compose rm -fs >/dev/null 2>&1
fact 'rm does not remove it' "$(one_offs)" 1
compose run app false </dev/null 2>/dev/null
fact 'each run leaves one more' "$(one_offs)" 2
compose down --remove-orphans >/dev/null 2>&1
fact 'down --remove-orphans removes them' "$(one_offs)" 0
conclude

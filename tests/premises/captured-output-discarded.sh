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
for shell in bash dash; do
  command -v "$shell" >/dev/null || continue
  printed=$("$shell" -c 'id=$(compose ps -q app); [ -n "$id" ] && echo found')
  fact "$shell: the id of a running service is captured" "$printed" found
  printed=$("$shell" -c 'id=$(compose ps -q app >/dev/null); [ -n "$id" ] && echo found')
  fact "$shell: thrown away first it is empty" "$printed" ''
  printed=$("$shell" -c 'm=$(compose ps nosuch 2>&1 >/dev/null); [ -n "$m" ] && echo message')
  fact "$shell: 2>&1 in front of it catches the message" "$printed" message
done
conclude

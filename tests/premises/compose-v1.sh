#!/bin/sh
# Compose 1.29 as Debian 12 still ships it. It is not a slower way to the same stack.
. "$(dirname "$0")/lib.sh"
need_v1
cat >compose.yaml <<EOF
services:
  app:
    image: $image
    init: true
    command: [sleep, "600"]
EOF
compose_v1 up -d >/dev/null 2>&1
names() {
  docker ps --format '{{.Names}}' --filter "label=com.docker.compose.project=$project"
}
fact '1.29 joins names with underscores' "$(names)" "${project}_app_1"
compose down -t 0 >/dev/null 2>&1
compose up -d >/dev/null 2>&1
fact 'the current line with hyphens' "$(names)" "$project-app-1"
compose_v1 up -d >/dev/null 2>&1
fact '1.29 replaces what the current line started, unchanged as it is' \
  "$(names)" "${project}_app_1"

printf 'name: other\ninclude: []\n' | cat - compose.yaml >newer.yaml
docker-compose -f newer.yaml config -q >/dev/null 2>&1
fact '1.29 refuses a file with name: and include:' "$?" 1
compose -f newer.yaml config -q >/dev/null 2>&1
fact 'the current line takes it' "$?" 0
conclude

#!/bin/sh
. "$(dirname "$0")/lib.sh"
external=$project-external
external_volumes=$external
docker volume create "$external" >/dev/null
cat >compose.yaml <<EOF
services:
  app:
    image: $image
    init: true
    command: [sleep, "600"]
    volumes: ["named:/named", "external:/external", "/anonymous"]
volumes:
  named: {}
  external: {external: true, name: $external}
EOF
named() { docker volume ls -q | grep -cx "${project}_named"; }
externals() { docker volume ls -q | grep -cx "$external"; }
anonymous() {
  docker inspect "$(compose ps -aq app)" \
    --format '{{range .Mounts}}{{if eq .Destination "/anonymous"}}{{.Name}}{{end}}{{end}}'
}
there() { docker volume ls -q | grep -cx "$1"; }
up() {
  compose up -d >/dev/null 2>&1
  volume=$(anonymous)
}

up
compose down -t 0 >/dev/null 2>&1
fact 'down keeps the named volume' "$(named)" 1
up
compose exec -T app sh -c 'echo kept >/named/row' </dev/null
compose rm -fsv app >/dev/null 2>&1
fact 'rm -v deletes the anonymous volume' "$(there "$volume")" 0
fact 'rm -v keeps the named one' "$(named)" 1
up
fact 'with its data' "$(compose exec -T app cat /named/row </dev/null)" kept
compose down -v -t 0 >/dev/null 2>&1
fact 'down -v deletes the named volume, unasked' "$(named)" 0
fact 'down -v deletes the anonymous volume' "$(there "$volume")" 0
fact 'down -v keeps the external volume' "$(externals)" 1
up
compose down -v -t 0 app >/dev/null 2>&1
fact 'down -v SERVICE deletes it as well' "$(named)" 0
up
compose exec -T app sh -c 'echo gone >/anonymous/row' </dev/null
compose up -d -V >/dev/null 2>&1
fact 'up -V starts on an empty anonymous volume' "$(compose exec -T app ls /anonymous </dev/null)" ''
docker volume rm "$external" >/dev/null 2>&1
fact 'docker volume rm spares what a container uses' "$(externals)" 1
compose down -t 0 >/dev/null 2>&1
docker volume rm "$external" >/dev/null 2>&1
fact 'and deletes the external volume once the stack is down' "$(externals)" 0
conclude

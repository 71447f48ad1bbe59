#!/bin/sh
. "$(dirname "$0")/lib.sh"
mkdir data && echo row >data/row
cat >compose.yaml <<EOF
services:
  db:
    image: $image
    init: true
    command: [sleep, "600"]
    volumes: ["./data:/data"]
EOF
cp compose.yaml whole.yaml
compose up -d >/dev/null 2>&1
echo 'services: {db: {image: [}' >compose.yaml
sh -c 'compose down -t 0 2>/dev/null; rm -rf data/*'
fact 'down with a broken file fails, and rm runs all the same' "$(ls data)" ''
compose down >/dev/null 2>&1
fact 'exit code 1' "$?" 1
mv whole.yaml compose.yaml
fact 'the service is up' "$(compose ps -q db | wc -l)" 1
fact 'on an empty directory' "$(compose exec -T db ls /data </dev/null)" ''
conclude

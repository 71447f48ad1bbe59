#!/bin/sh
. "$(dirname "$0")/lib.sh"
cat >compose.yaml <<EOF
services:
  db:
    image: $image
    init: true
    volumes: [data:/data]
  exporter:
    image: $image
    init: true
    volumes: [data:/data]
volumes:
  data:
EOF
compose up -d >/dev/null 2>&1
compose exec -T db sh -c 'echo row >/data/row' </dev/null
volume=${project}_data

compose rm -fs db >/dev/null 2>&1
text=$(docker volume rm "$volume" 2>&1)
fact 'a volume that another container mounts is not removed' "$?" 1
says 'the engine says why' "$text" 'volume is in use'
compose stop -t 0 exporter >/dev/null 2>&1
docker volume rm "$volume" >/dev/null 2>&1
fact 'nor while that one is stopped' "$?" 1
compose down -t 0 >/dev/null 2>&1
compose up -d db >/dev/null 2>&1
fact 'the data is there' "$(compose exec -T db cat /data/row </dev/null)" row

# A container of another project on the volume.
other=$(docker run -d --network none -v "$volume:/data" "$image")
text=$(compose down -v -t 0 2>&1)
status=$?
says 'down -v leaves what the container of another project mounts' "$text" 'still in use'
fact 'and ends well' "$status" 0
docker volume inspect "$volume" >/dev/null 2>&1
fact 'the volume is there' "$?" 0
docker rm -f "$other" >/dev/null
compose up -d db >/dev/null 2>&1
compose down -v -t 0 >/dev/null 2>&1
docker volume inspect "$volume" >/dev/null 2>&1
fact 'without such a container it goes' "$?" 1
conclude

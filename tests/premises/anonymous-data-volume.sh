#!/bin/sh
. "$(dirname "$0")/lib.sh"
# An image that declares a volume for its data, and a mount above that folder.
mkdir -p build && cat >build/Dockerfile <<EOF
FROM $image
RUN mkdir -p /var/lib/db/data
VOLUME /var/lib/db/data
EOF
cat >compose.yaml <<EOF
services:
  above:
    build: build
    image: composelint-test/volume
    volumes: [kept:/var/lib/db]
  there:
    image: composelint-test/volume
    volumes: [same:/var/lib/db/data]
volumes:
  kept:
  same:
EOF
compose build -q above 2>/dev/null
fact 'the image is made' "$?" 0
write='echo rows >/var/lib/db/data/rows'
compose up -d >/dev/null 2>&1
compose exec -T above sh -c "$write"
compose exec -T there sh -c "$write"
anonymous() {
  docker inspect --format \
    '{{range .Mounts}}{{if eq .Destination "/var/lib/db/data"}}{{len .Name}}{{end}}{{end}}' \
    "$(compose ps -q "$1")"
}
fact 'a mount above does not hold the data: that is on a volume without a name' "$(anonymous above)" 64
compose down -t 0 >/dev/null 2>&1
compose up -d >/dev/null 2>&1
compose exec -T above test -f /var/lib/db/data/rows
fact 'after down and up it is gone' "$?" 1
compose exec -T there test -f /var/lib/db/data/rows
fact 'with a mount at the very place it is there' "$?" 0
compose down -v -t 0 >/dev/null 2>&1
docker rmi composelint-test/volume >/dev/null 2>&1
conclude

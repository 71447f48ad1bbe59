#!/bin/bash
# A slow printer stands for the dump: complete only with its last line.
. "$(dirname "$0")/lib.sh"
cat >compose.yaml <<EOF
services:
  db:
    image: $image
    init: true
    command: [sleep, "600"]
EOF
dump='sh -c "until [ -e /tmp/all ]; do echo row; sleep 0.2; done; echo complete"'

# cut_off OPTIONS: a dump into gzip whose container is killed in the middle
cut_off() {
  compose up -d >/dev/null 2>&1
  rm -f dump.gz
  bash -c "$1 compose exec -T db $dump 2>/dev/null </dev/null | gzip >dump.gz" &
  waited=0
  until [ "$(compose exec -T db pgrep -f 'echo row' </dev/null 2>/dev/null | wc -l)" -gt 0 ] ||
    [ "$waited" -gt 600 ]; do
    waited=$((waited + 1))
    sleep 0.1
  done
  sleep 1
  compose kill db >/dev/null 2>&1
  wait $!
}
lines_of_dump() { gzip -dc dump.gz | wc -l; }

cut_off ''
fact 'killed in the middle, without pipefail: exit code 0' "$?" 0
gzip -t dump.gz
fact 'gzip finds nothing wrong with the file' "$?" 0
fact 'some rows are there' "$([ "$(lines_of_dump)" -gt 0 ] && echo some)" some
fact 'and the end is not' "$(gzip -dc dump.gz | grep -c complete)" 0
cut_off 'set -o pipefail;'
fact 'with pipefail: exit code 137' "$?" 137

compose up -d >/dev/null 2>&1
bash -c 'compose exec -T db nosuchdump 2>/dev/null </dev/null | gzip >dump.gz'
fact 'a dump that never starts, without pipefail: exit code 0' "$?" 0
gzip -t dump.gz
fact 'and a valid gzip file' "$?" 0
# Not of nothing: engines print their refusal where the dump would have gone.
fact 'without a row in it' "$(gzip -dc dump.gz | grep -c '^row')" 0
bash -c 'set -o pipefail; compose exec -T db nosuchdump 2>/dev/null </dev/null | gzip >dump.gz'
fact 'with pipefail it fails' "$([ $? -ne 0 ] && echo fails)" fails

compose stop -t 0 >/dev/null 2>&1
echo 'yesterday' >backup.sql
compose exec -T db cat /etc/hostname >backup.sql 2>/dev/null </dev/null
fact 'a dump of a stopped service empties the file that was there' "$(wc -c <backup.sql)" 0
conclude

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
echo row >dump.sql

for feed in 'cat dump.sql | compose exec OPTION app cat' 'compose exec OPTION app cat <dump.sql'; do
  without=$(at_terminal "$(echo "$feed" | sed 's/OPTION //')")
  status=$?
  fact "$feed: fails at a terminal without -T" "$status" 1
  says "$feed: and says so" "$without" 'the input device is not a TTY'
  with=$(at_terminal "$(echo "$feed" | sed 's/OPTION/-T/')" | tr -d '\r')
  fact "$feed: works at a terminal with -T" "$with" row
done
fact 'without a terminal (cron) it works either way' "$(compose exec app cat <dump.sql 2>&1)" row
conclude

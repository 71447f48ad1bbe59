#!/bin/sh
# That a redirected exec spoils the file is true of Compose 1.29 alone; the current line decides by
# where its output goes.
. "$(dirname "$0")/lib.sh"
need_v1
cat >compose.yaml <<EOF
services:
  app:
    image: $image
    init: true
    command: [sleep, "600"]
EOF
compose up -d >/dev/null 2>&1
print='sh -c "echo row; echo oops >&2"'
crlf=$(printf 'row\r\noops\r\n' | od -c)
clean=$(printf 'row\n' | od -c)

at_terminal "compose exec app $print >current.txt" >/dev/null
fact 'current: exec at a terminal, into a file: clean' "$(od -c <current.txt)" "$clean"
compose exec app sh -c 'echo row' >current.txt </dev/null 2>/dev/null
fact 'current: exec without a terminal: clean' "$(od -c <current.txt)" "$clean"
at_terminal "compose run --rm -t app $print >current.txt" >/dev/null
fact 'current: run -t forces a terminal: CRLF and errors in the file' \
  "$(od -c <current.txt)" "$crlf"
container=$(compose ps -q app)
at_terminal "docker exec -t $container $print >plain.txt" >/dev/null
fact 'plain docker exec -t: CRLF and errors in the file' "$(od -c <plain.txt)" "$crlf"
compose down -t 0 >/dev/null 2>&1

compose_v1 up -d >/dev/null 2>&1
at_terminal "compose_v1 exec app $print >old.txt" >/dev/null
fact '1.29: exec at a terminal, into a file: CRLF and errors in the file' \
  "$(od -c <old.txt)" "$crlf"
refusal=$(compose_v1 exec app sh -c 'echo row' 2>&1 >old.txt </dev/null)
fact '1.29: exec without a terminal leaves an empty file' "$(wc -c <old.txt)" 0
says '1.29: and says why' "$refusal" 'the input device is not a TTY'
compose_v1 exec -T app sh -c 'echo row' >old.txt </dev/null 2>/dev/null
fact '1.29: with -T the file is clean' "$(od -c <old.txt)" "$clean"
conclude

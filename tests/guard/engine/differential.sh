#!/bin/sh
# A command that guard passes through behaves as without it: exit code, standard output, standard
# error, with files and at a terminal.
. "$(dirname "$0")/lib.sh"
make_stack
start_stack db app
allow='--yes --attest backup-taken=tried-by-hand --attest writers-paused=none-here --attest context-inspected=yes'
lines=0

# Ids and times of containers made for the one call differ by nature, and so does the number of a
# terminal: the one of an exec that has just ended may not have been given back yet.
plainly() {
  sed -e "s/$project-\([a-z]*\)-run-[0-9a-f]*/$project-\1-run-ID/g" -e 's/[0-9.]*s$//' \
    -e 's|/dev/pts/[0-9]*|/dev/pts/N|' -e 's/[0-9]* \(seconds\|minutes\) ago/AGO/g' -e 's/Up [0-9]* seconds/Up/g; s/Up [A-Za-z0-9 ]* minutes*/Up/g' "$1"
}
differs() {
  plainly "$1" >"$work/left"
  plainly "$2" >"$work/right"
  cmp -s "$work/left" "$work/right" && return 0
  diff "$work/left" "$work/right" | sed 's/^/  | /' >&2
  return 1
}

# same LINE [INPUT]: without a terminal, then at one.
same() {
  lines=$((lines + 1))
  printf '%b' "${2-}" >"$work/input"
  printf 'exec %s\n' "$1" >"$work/bare.sh"
  printf 'exec "%s" guard %s -- %s\n' "$program" "$allow" "$1" >"$work/guarded.sh"
  for way in bare guarded; do
    sh "$work/$way.sh" <"$work/input" >"$work/$way.out" 2>"$work/$way.err"
    echo $? >"$work/$way.code"
  done
  trouble=
  [ "$(cat "$work/bare.code")" = "$(cat "$work/guarded.code")" ] ||
    trouble="exit code $(cat "$work/guarded.code") instead of $(cat "$work/bare.code")"
  differs "$work/bare.out" "$work/guarded.out" || trouble="$trouble standard output"
  differs "$work/bare.err" "$work/guarded.err" || trouble="$trouble standard error"
  fact "as without guard: $1" "$trouble" ''
  [ "${3-}" != no-terminal ] || return 0
  for way in bare guarded; do
    at_terminal "sh $work/$way.sh" >"$work/$way.out" 2>&1
    echo $? >"$work/$way.code"
  done
  trouble=
  [ "$(cat "$work/bare.code")" = "$(cat "$work/guarded.code")" ] ||
    trouble="exit code $(cat "$work/guarded.code") instead of $(cat "$work/bare.code")"
  differs "$work/bare.out" "$work/guarded.out" || trouble="$trouble output"
  fact "at a terminal: $1" "$trouble" ''
}

same 'docker --version'
same 'docker compose version'
same 'docker compose'
same 'docker compose no-such-verb'
same 'docker compose --no-such-option ps'
same 'docker compose ps --no-such-option'
same "docker compose ps --format 'table {{.Name}}\t{{.Service}}\t{{.Health}}'"
same "docker compose ps -a --format '{{.Service}} {{.State}} {{.ID}}' app"
same 'docker compose ps -q app'
same 'docker compose ps no-such-service'
same 'docker compose logs --no-log-prefix db'
same 'docker compose config -q'
same 'docker compose config --volumes'
same 'docker compose config --format json app'
same 'docker compose images -q'
same 'docker compose top no-such-service'
same 'docker compose port db 5432'
# Of this project alone: others come and go meanwhile.
same "docker compose ls -q --filter name=$project"
same 'docker compose run --help'
same 'docker compose exec'
same 'docker compose exec app'
same 'docker compose cp no-such-service:/a b'
same 'docker compose cp one-word'
same 'docker compose cp app:/no-such-file b'
same 'docker compose --dry-run restart app'
same 'docker compose -f no-such-file.yaml ps'
same 'docker compose exec -T app true'
same 'docker compose exec -T app false'
same "docker compose exec -T app sh -c 'exit 77'"
# Compose reads the two streams side by side: at a terminal their order is anybody's guess.
same "docker compose exec -T app sh -c 'echo out; echo err >&2; exit 3'" '' no-terminal
same 'docker compose exec -T app cat' 'a\nb\0c\377\n' no-terminal
same 'docker compose exec app tty'
same 'docker compose exec -T app tty'
same "docker compose exec -T app printf 'no line end'"
same "docker compose exec -T app printf '\\033[31mred\\033[0m\\r\\n'"
same "docker compose exec -T app sh -c 'kill -9 \$\$'"
same "docker compose exec app sh -c 'stty size'"
same 'docker compose exec -T app no-such-program'
same 'docker compose exec -T -e A=1 -w /tmp app env'
same "docker compose run --rm -T --no-deps app sh -c 'echo out; exit 5'"
same 'docker compose run --rm -T --no-deps app cat' 'x\ny\n' no-terminal
same "docker compose exec -T app sh -c 'head -c 300000 /dev/zero | tr \"\\\\0\" x'" '' no-terminal

[ "$lines" -ge 30 ]
fact "$lines lines were tried" "$?" 0

# Output that nobody reads any more: the client ends at once, and so does guard.
{
  timeout -k 5 600 "$program" guard $allow -- docker compose exec -T app yes </dev/null 2>/dev/null
  echo $? >"$work/code"
} | head -n 1 >"$work/one"
fact 'a closed pipe: what was read is there' "$(cat "$work/one")" y
case $(cat "$work/code") in 124 | 137) ended=late ;; *) ended='at once' ;; esac
fact 'a closed pipe ends it' "$ended" 'at once'
finish

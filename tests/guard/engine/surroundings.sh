#!/bin/sh
# Surroundings that are not as usual: no home, a state directory that cannot be written, nobody who
# reads. What cannot be written down is not begun, and looking goes on working.
. "$(dirname "$0")/lib.sh"
make_stack
start_stack db app
allow='--yes --attest backup-taken=tried-by-hand --attest writers-paused=none-here'
migrate='docker compose run --rm app migrate'
nothing_applied() {
  fact '  and nothing has run' "$(sql "SELECT to_regclass('migrations') IS NULL")" t
}

# The machine knows its users by that file alone.
echo 'passwd: files' >"$work/nsswitch"
# without_home PASSWD CODE WHAT ARGUMENT...: neither HOME nor XDG_STATE_HOME, and PASSWD for an entry.
without_home() {
  printf '%s' "$1" >"$work/passwd"
  expected=$2 what=$3
  shift 3
  unshare -m sh -c 'mount --bind "$1" /etc/passwd && mount --bind "$2" /etc/nsswitch.conf && shift 2 &&
    exec env -u HOME -u XDG_STATE_HOME "$@"' sh "$work/passwd" "$work/nsswitch" "$program" guard "$@" >"$work/out" 2>"$work/err" </dev/null
  fact "$what" "$?" "$expected"
  cat "$work/out" "$work/err" >>"$work/everything"
}
if [ "$(id -u)" = 0 ] && unshare -m mount --bind /dev/null /etc/passwd 2>/dev/null; then
  without_home '' 104 'no home at all' $allow -- $migrate
  says '  is said' "$(cat "$work/err")" 'there is no place for the journal'
  nothing_applied
  without_home '' 0 'its plan can be seen all the same' $allow --dry-run -- $migrate
  without_home '' 0 'what only looks goes through' -- docker compose ps -q app
  without_home '' 0 'there is no history' history
  without_home '' 0 'nor anything left over' status
  without_home '' 0 'nor anything to recover' recover --yes
  entry=root:x:0:0:root:$work/entry:/bin/sh
  mkdir "$work/entry"
  without_home "$entry" 0 'no HOME, but an entry of the user' $allow -- docker compose exec -T app true
  without_home "$entry" 0 'has its place there' $allow -- docker compose run --rm app true
  [ -s "$work/entry/.local/state/composelint/journal.jsonl" ]
  fact '  which is the journal' "$?" 0
  printf 'guard:\n  state-directory: %s/named\n' "$work" >named.yaml
  without_home '' 0 'a place that is named needs no home' --policy named.yaml $allow -- docker compose run --rm app true
  [ -s "$work/named/journal.jsonl" ]
  fact '  and is used' "$?" 0
  rm named.yaml
else
  echo 'no root, or no namespace for mounts: not tried without a home' >&2
  [ "${CI-}" != true ] || failures=1
fi
nothing_applied

# A state directory that can only be read, with runs in it.
guarded 'a first run' 0 $allow -- docker compose run --rm app true
if [ "$(id -u)" = 0 ]; then
  mount --bind "$XDG_STATE_HOME" "$XDG_STATE_HOME" && mount -o remount,ro,bind "$XDG_STATE_HOME"
  fact 'the state directory is made read-only' "$?" 0
else
  chmod 500 "$XDG_STATE_HOME/composelint" && chmod 400 "$XDG_STATE_HOME"/composelint/*
fi
before=$(cksum <"$journal")
guarded 'what cannot be written down is not begun' 104 $allow -- $migrate
nothing_applied
guarded 'history is read' 0 history
says '  with what was before' "$(cat "$work/out")" 'verified, 0'
guarded 'status, too' 0 status
guarded 'what only looks goes through' 0 -- docker compose ps -q app
guarded 'and a plan can be seen' 0 $allow --dry-run -- $migrate
fact 'the journal is as it was' "$(cksum <"$journal")" "$before"
if [ "$(id -u)" = 0 ]; then
  umount "$XDG_STATE_HOME"
else
  chmod 700 "$XDG_STATE_HOME/composelint" && chmod 600 "$XDG_STATE_HOME"/composelint/*
fi

# Nobody reads what is written.
{ timeout 600 "$program" guard --yes -- docker compose exec -T app yes 2>"$work/err"; echo $? >"$work/code"; } |
  head -n 1 >/dev/null
[ "$(cat "$work/code")" != 124 ]
fact 'a closed pipe keeps nobody waiting' "$?" 0
[ "$(cat "$work/code")" != 0 ]
fact '  and is no success' "$?" 0
docker restart -t 0 "$project-app-1" >/dev/null
start_stack app
guarded '  what it left open is settled' 0 recover --yes
{
  sleep 1
  timeout 600 "$program" guard $allow -- $migrate 2>"$work/err"
  echo $? >"$work/code"
} | true
[ "$(cat "$work/code")" != 124 ]
fact 'with no reader from the start a migration comes to its end' "$?" 0
fact '  and is applied' "$(sql 'SELECT count(*) FROM migrations')" 2
no_task_runs
fact '  and nothing runs on' "$?" 0
timeout 600 "$program" guard $allow -- $migrate <&- >&- 2>&-
fact 'so it does without any stream' "$?" 0
finish

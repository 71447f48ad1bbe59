#!/bin/sh
# Promise 6: every run is written down before it starts and when it ends, for good and for its user
# alone; a torn line is no one's end.
. "$(dirname "$0")/lib.sh"
make_stack
start_stack
allow='--yes --attest backup-taken=tried-by-hand --attest writers-paused=none-here'

guarded 'a migration under guard' 0 $allow -- docker compose run --rm app migrate
fact 'it is in the journal, from its begin to its end' "$(begun): $(ends)" '1: verified'
fact 'the journal is for its user alone' "$(stat -c %a "$journal")" 600
fact 'as is its directory' "$(stat -c %a "$(dirname "$journal")")" 700
says 'its masked command is in it' "$(cat "$journal")" '"run","--rm","app","migrate"'

printf '{"v":1,"kind":"beg' >>"$journal"
guarded 'a torn line stops nothing' 0 $allow -- docker compose run --rm app migrate
fact 'and is closed off' "$(begun): $(ends)" '2: verified verified'
guarded 'the history tells both' 0 history
says 'with their end' "$(cat "$work/out" "$work/err")" verified

# Nothing can be written down: nothing is begun.
applied=$(sql 'SELECT count(*) FROM migrations')
echo 'CREATE TABLE third (id int);' >migrations/0003_third.sql
unwritable=$work/file
: >"$unwritable"
XDG_STATE_HOME=$unwritable guarded 'a state directory that cannot be there' 104 \
  $allow -- docker compose run --rm app migrate
fact 'and nothing has run' "$(sql 'SELECT count(*) FROM migrations')" "$applied"

if [ "$(id -u)" = 0 ] && mkdir "$work/full" && mount -t tmpfs -o size=256k tmpfs "$work/full" \
  2>/dev/null; then
  XDG_STATE_HOME=$work/full guarded 'a disk without room for the end' 104 \
    $allow -- docker compose run --rm app migrate
  says 'says so' "$(cat "$work/err")" 'No space left on device'
  fact 'and nothing has run, again' "$(sql 'SELECT count(*) FROM migrations')" "$applied"
  umount "$work/full"
fi
( ulimit -f 16; XDG_STATE_HOME=$work/small guarded 'a bound on files' 104 \
  $allow -- docker compose run --rm app migrate; [ "$failures" = 0 ] ) || failures=1
fact 'and nothing has run, still' "$(sql 'SELECT count(*) FROM migrations')" "$applied"

# Killed in its midst: the begin is there, and an end is not.
guard_in_background $allow -- docker compose run --rm app sh -c "$held; migrate"
under_way a_task_runs
kill -9 "$guard_pid"
ended
fact 'a killed guard leaves a begin without end' "$(begun): $(ends)" '3: verified verified'
guarded 'status tells of it' 0 status
says 'by its command' "$(cat "$work/out" "$work/err")" '/tmp/go'
release "$(one_off)"
under_way no_task_runs
guarded 'recover ends it' 0 recover --yes
fact 'in the journal, too' "$(begun): $(ends)" '3: verified verified recovered'
finish

#!/bin/sh
# Promise 3 and 5 where the engine itself is killed: nobody knows how a task ended, and guard says so.
. "$(dirname "$0")/lib.sh"
. "$engine_here/own_engine.sh"
allow='--yes --attest backup-taken=tried-by-hand --attest writers-paused=none-here'
patience=90 # of guard are 30, and what its last questions take on a slow machine

# Two projects, as one of them has one change at a time.
make_stack
start_stack db app
mkdir "$work/dumps" && cp -R . "$work/dumps" && cd "$work/dumps" || exit 1
sed -i "s/^name:.*/name: \"$project-dumps\"/" compose.yaml
docker compose up -d --wait db >/dev/null 2>&1 || exit 1
echo 'the good one' >backup.sql

dump='docker compose exec -T db sh -c'
"$program" guard --yes --output backup.sql -- $dump 'pg_dump -U postgres app; sleep 600' \
  >"$work/dump.out" 2>"$work/dump.err" </dev/null &
dump_pid=$!
(cd "$work/project" && exec "$program" guard $allow -- docker compose run --rm app migrate --slowly 600) \
  >"$work/run.out" 2>"$work/run.err" </dev/null &
run_pid=$!
under_way a_task_runs
under_way part_grows '.*.part' +0
kill_own_engine
began=$(date +%s)
wait "$dump_pid"
fact 'exec: an end that nobody knows has its own code' "$?" 105
wait "$run_pid"
fact 'run: so has it' "$?" 105
[ $(($(date +%s) - began)) -le "$patience" ]
fact "both are given up within $patience s" "$?" 0
cat "$work/dump.out" "$work/dump.err" "$work/run.out" "$work/run.err" >>"$work/everything"
for which in dump run; do
  says "$which: it is said what is not known" "$(cat "$work/$which.err")" \
    'how the task ended is not known'
done
fact 'the old dump is kept' "$(cat backup.sql)" 'the good one'
fact 'both are open in the journal, verified is none' "$(begun): $(ends)" '2: '
guarded 'status, without an engine' 0 status
says 'has the run' "$(cat "$work/out")" 'migrate --slowly 600'
says 'and the dump' "$(cat "$work/out")" 'pg_dump'
says 'and that nobody knows more' "$(cat "$work/out")" 'not known'
guarded 'recover cannot settle it yet' 105 recover --yes
fact 'and both stay open' "$(ends)" ''
guarded 'nothing else is begun meanwhile' 103 --yes -- $dump 'pg_dump -U postgres app'

own_engine
docker compose up -d --wait db >/dev/null 2>&1
guarded 'the engine is back, and what is open blocks' 100 --yes -- $dump 'pg_dump -U postgres app'
guarded 'recover settles both' 0 recover --yes
fact 'as what they are' "$(ends)" 'blocked recovered recovered'
fact 'no container of it is left' "$(one_offs)" 0
fact 'no half dump either' "$(find . -name '.*.part' | wc -l)" 0
guarded 'and a dump is a dump again' 0 --yes --output backup.sql -- $dump 'pg_dump -U postgres app'

# It comes back before guard gives up: the task has a real end, which is that of a killed one.
cd "$work/project" || exit 1
start_stack db app
guard_in_background $allow -- docker compose run --rm app sh -c 'sleep 600; exit 0'
under_way a_task_runs
kill_own_engine
own_engine
ended
fact 'an engine that comes back tells how the task ended' "$code" 137

# One that leaves its containers alone meanwhile: the task goes on, and so does the waiting. Of those
# that go away by themselves (--rm), the engine takes its leave all the same.
kill_own_engine
own_engine --live-restore
start_stack db app
guard_in_background $allow -- docker compose run app sh -c "$held; exit 6"
under_way a_task_runs
kill_own_engine
own_engine --live-restore
release "$(one_off)"
ended
fact 'or goes on waiting for the end' "$code" 6
fact 'nothing of this was verified but the dump' "$(ends | xargs -n 1 | grep -cx verified)" 1
finish

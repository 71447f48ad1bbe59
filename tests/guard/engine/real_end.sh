#!/bin/sh
# Promise 3: the end of guard, of the client or of the terminal is never taken for the task's.
. "$(dirname "$0")/lib.sh"
make_stack
start_stack db app
allow='--yes --attest backup-taken=tried-by-hand --attest writers-paused=none-here'
sql 'CREATE TABLE ticks (id serial, at timestamptz DEFAULT now())' >/dev/null

guarded 'the task gives its own code' 42 $allow -- docker compose run --rm app sh -c 'exit 42'
guarded 'inside of exec as well' 43 $allow -- docker compose exec -T app sh -c 'exit 43'
guarded 'a program that is not there has never started' 1 \
  $allow -- docker compose run --rm --entrypoint no-such-program app
fact 'the journal calls none of them verified' "$(ends | grep -c '\bverified')" 0

# it_has_entered: what exec started is under way, by the journal, once more than `entered` says.
entries() { grep -c '"kind":"entered"' "$journal"; }
it_has_entered() { [ "$(entries)" -gt "$entered" ]; }

# The client is killed; the task goes on and ends with 7.
guard_in_background $allow -- docker compose run --rm app sh -c "$held; exit 7"
under_way a_task_runs
kill -9 "$(client_of "$guard_pid")"
fact 'the task outlives its client' "$(tasks_running)" 1
release "$(one_off)"
ended
fact 'a killed client is not the end of the task' "$code" 7
under_way no_task_runs
fact 'and nothing is left' "$(one_offs)" 0

entered=$(entries)
guard_in_background $allow -- docker compose exec -T app sh -c "touch /tmp/x; $held; exit 8"
under_way it_has_entered
kill -9 "$(client_of "$guard_pid")"
release "$project-app-1"
ended
fact 'nor is it that of exec' "$code" 8

# The task is killed from outside.
guard_in_background $allow -- docker compose run --rm app sleep 600
under_way a_task_runs
docker kill "$(one_off)" >/dev/null
ended
fact 'a killed task' "$code" 137

# Told to end, guard ends the task.
for signal in INT TERM; do
  guard_in_background $allow -- docker compose run --rm app sh -c 'trap "exit 9" TERM INT; sleep 600 & wait'
  under_way a_task_runs
  kill -s "$signal" "$guard_pid"
  ended
  under_way no_task_runs
  fact "$signal ends the task" "$(tasks_running)" 0
  [ "$code" != 0 ]
  fact "$signal is no success" "$?" 0
done
# A lost terminal ends nobody's task.
guard_in_background $allow -- docker compose run --rm app sh -c "$held; exit 6"
under_way a_task_runs
kill -s HUP "$guard_pid" "$(client_of "$guard_pid")"
release "$(one_off)"
ended
fact 'HUP leaves the task to its own end' "$code" 6
fact 'none of it was verified' "$(ends | tr ' ' '\n' | grep -cx verified)" 0

entered=$(entries)
# The process of exec outlives a killed guard: it is known by the engine's name for it.
guard_in_background $allow -- docker compose exec -T app sh -c "touch /tmp/x; $held; exit 4"
under_way it_has_entered
client=$(client_of "$guard_pid")
kill -9 "$guard_pid" "$client"
ended
guarded 'status of an exec whose guard is gone' 0 status
says '  knows that it still runs' "$(cat "$work/out")" 'its task still runs'
guarded 'recover leaves it alone' 105 recover --yes
says '  and says so' "$(cat "$work/out")" 'still runs and is left alone'
release "$project-app-1"
within 300 sh -c "\"$program\" guard recover --yes >\"$work/out\""
fact 'once it is through it is settled' "$?" 0
says '  with its own code' "$(cat "$work/out")" 'ended with 4'

# That of run, whose container went away with its end.
guard_in_background $allow -- docker compose run --rm app sh -c "touch /tmp/x; $held; exit 7"
under_way a_task_runs
kill -9 "$guard_pid"
ended
release "$(one_off)"
under_way no_task_runs
guarded 'recover of a run that is through' 0 recover --yes
says '  has its code of the engine' "$(cat "$work/out")" 'its task ended with 7'
guard history
says '  and the journal as well' "$(cat "$work/out")" 'recovered, 7'

# A bound on time; the task has to be there by then, however slow the machine is.
for limit in 10s 40s 160s; do
  guard --timeout "$limit" $allow -- \
    docker compose run --rm app sh -c 'trap "exit 0" TERM; echo began; sleep 600 & wait'
  grep -q began "$work/out" && break
  under_way no_task_runs
done
fact 'a task that takes too long is ended, and that is no success' "$code" 101
under_way no_task_runs
fact 'and does not run on' "$(tasks_running)" 0
finish

#!/bin/sh
# At a terminal: ^Z and fg, ^C, another size of the window, and the terminal gone. The task's end is
# its own in all of them, and the terminal is as it was.
. "$(dirname "$0")/lib.sh"
command -v bash >/dev/null || skip 'no bash, whose job control is needed'
make_stack
start_stack db app
allow='--yes --attest backup-taken=tried-by-hand --attest writers-paused=none-here'

# open_terminal: a shell with job control behind descriptor 9. What it shows is in $work/shown.
open_terminal() {
  rm -f "$work/typed" && mkfifo "$work/typed"
  printf 'PS1=\nHISTFILE=\ng() { "%s" guard %s "$@"; echo "code=$?"; }\n' "$program" "$allow" \
    >"$work/rc"
  : >"$work/shown"
  # What sh starts in the background ignores ^C, and so would all that it starts.
  env --default-signal=INT,QUIT script -qfec "bash --noprofile --rcfile $work/rc -i" /dev/null \
    <"$work/typed" >"$work/shown" 2>&1 &
  terminal=$!
  exec 9>"$work/typed"
  typed 'tty >"'"$work"'/tty"; stty -echo; stty -g >"'"$work"'/before"; echo re""ady\n'
  shows ready
}
close_terminal() {
  exec 9>&-
  kill "$terminal" 2>/dev/null
  wait "$terminal" 2>/dev/null
  cat "$work/shown" >>"$work/everything"
}
typed() { printf '%b' "$1" >&9; }
shows() { within 300 grep -q -- "$1" "$work/shown"; }
shown() {
  shows "$2" && fact "$1" "$2" "$2" && return
  fact "$1" "$(tail -n 15 "$work/shown")" "…$2…"
}
terminal_as_before() {
  typed 'stty -g >"'"$work"'/after"; echo loo""ked\n'
  shows looked
  fact 'the terminal is as it was' "$(cat "$work/after")" "$(cat "$work/before")"
}

# The client at the terminal is no more; guard is stopped there, and takes no notice.
client_is_gone() {
  ! ps -t "$(sed 's|/dev/||' "$work/tty")" -o stat=,args= | grep -v '^T' | grep -q ' run --rm'
}

# Stopped and taken up again, after the task has ended.
open_terminal
typed "g -- docker compose run --rm -T app sh -c '$held; exit 6'\\n"
under_way a_task_runs
typed '\032'
shown '^Z stops what stands in the foreground' Stopped
guarded 'it still holds the project' 102 $allow -- docker compose run --rm app true
release "$(one_off)"
under_way no_task_runs
# The client is not stopped, as it catches all signals: its end takes away what is typed just then,
# and on a slow machine more than that. A line that is lost is typed once more, as anybody would.
under_way client_is_gone
fact 'nothing is written of an end meanwhile' "$(ends)" ''
for _ in 1 2 3 4 5; do
  typed 'fg; echo "code=$?"\n'
  within 60 grep -q code=6 "$work/shown" && break
done
shown 'and fg brings the end of the task' code=6
fact 'as a failure' "$(ends)" failed
terminal_as_before
close_terminal

# ^C without a terminal in the container: the task is stopped.
open_terminal
typed 'g -- docker compose run --rm -T app sleep 600\n'
under_way a_task_runs
typed '\003'
shown '^C ends it' 'code=1[0-9][0-9]'
under_way no_task_runs
fact 'and the task' "$(tasks_running)" 0
terminal_as_before
close_terminal

# With one, all keys are the task's own.
open_terminal
typed 'g -- docker compose run --rm app sh -c "trap \\"echo of-task; exit 9\\" INT; echo be\\"\\"gun; read x"\n'
shown 'a task at its terminal' begun
typed '\032\003'
shown '^C is its own' of-task
shown 'and so is its end' code=9
terminal_as_before
close_terminal

# What is typed before there is a question does not answer it.
printf 'guard: {environments: [{name: all, projects: "%s", confirm: question}]}\n' "$project" \
  >.composelint.yaml
open_terminal
typed '"'"$program"'" guard --attest backup-taken=x --attest writers-paused=x -- docker compose exec app sh -c "migrate; echo of-\"\"typed"; echo "code=$?"\n'
sleep 0.2
typed 'y\n'
shown 'a question comes' 'y/N'
sleep 1
fact 'and is not answered by what was typed before it' "$(grep -c of-typed "$work/shown")" 0
typed 'n\n'
shown 'but by what comes then' code=100
close_terminal
rm .composelint.yaml

# The window gets another size. The client tells the engine of a size when it can, which may be after
# the task has begun: the task looks until it has it.
has_size() {
  printf 'until stty size 2>&1 | grep -qx "%s"; do sleep 0.1; done; echo now $(stty size); ' "$1"
}
open_terminal
stty -F "$(cat "$work/tty")" rows 33 cols 101
typed "g -- docker compose exec app sh -c '$(has_size '33 101')$(has_size '44 122')exit 5'\n"
shown 'a task has the size of the window' 'now 33 101'
stty -F "$(cat "$work/tty")" rows 44 cols 122
shown 'and the one it gets' 'now 44 122'
shown 'and its own end' code=5
terminal_as_before
close_terminal

# The terminal is closed.
before=$(ends)
open_terminal
typed "g -- docker compose run --rm -T app sh -c '$held; exit 6'\\n"
under_way a_task_runs
kill -9 "$terminal"
close_terminal
fact 'the task outlives its terminal' "$(tasks_running)" 1
release "$(one_off)"
there_is_an_end() { [ "$(ends)" != "$before" ]; }
under_way there_is_an_end
fact 'and guard sees to its end' "$(ends)" "$before failed"
says 'with its own code' "$(tail -n 1 "$journal")" '"code":6'
none_is_left() { [ "$(one_offs)" = 0 ]; }
under_way none_is_left
fact 'nothing is left' "$(docker ps -a --filter "label=com.docker.compose.project=$project" \
  --filter label=com.docker.compose.oneoff=True --format '{{.Command}} {{.Status}}')" ''
finish

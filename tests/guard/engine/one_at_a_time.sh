#!/bin/sh
# Promise 7: one change at a time to a project, also when the one before was killed.
. "$(dirname "$0")/lib.sh"
make_stack
start_stack db app
allow='--yes --attest backup-taken=tried-by-hand --attest writers-paused=none-here'

guard_in_background $allow -- docker compose run --rm app sh -c "$held; migrate"
first=$guard_pid
under_way a_task_runs
"$program" guard $allow -- docker compose run --rm app migrate >"$work/second" 2>&1 </dev/null
fact 'a second one does not start' "$?" 102
says 'and says who is at work' "$(cat "$work/second")" "$first"
says 'and at what' "$(cat "$work/second")" '/tmp/go'
"$program" guard -- docker compose ps >"$work/second" 2>&1 </dev/null
fact 'looking is free' "$?" 0
release "$(one_off)"
guard_pid=$first
ended
fact 'the first one is through' "$code" 0
guarded 'and the next may' 0 $allow -- docker compose run --rm app migrate

# An exec leaves no container that others could see: the lock alone holds them off, by whatever name
# the engine is called and wherever the state is kept.
socket=$(docker context inspect --format '{{.Endpoints.docker.Host}}')
ln -s "${socket#unix://}" "$work/other.sock"
guard_in_background $allow -- docker compose exec -T app sh -c "$held; migrate"
under_way sh -c "docker top $project-app-1 | grep -q /tmp/go"
for other in "DOCKER_HOST=unix://$work/other.sock" "XDG_STATE_HOME=$work/state-of-another"; do
  env "$other" "$program" guard $allow -- docker compose exec -T app migrate \
    >"$work/second" 2>&1 </dev/null
  fact "a second one does not start with $other" "$?" 102
  says '  and says who is at work' "$(cat "$work/second")" "process $guard_pid"
done
docker top "$project-app-1" | grep -q /tmp/go
fact 'while the first one was at work' "$?" 0
release "$project-app-1"
ended
fact 'which is through' "$code" 0
XDG_STATE_HOME=$work/state-of-another guarded 'and then the other may' 0 $allow -- \
  docker compose exec -T app migrate
# A guard within a guarded script or backup is a part of it.
echo "'$program' guard $allow -- docker compose exec -T app migrate" >nested.sh
guarded 'a guard in a script under guard' 0 $allow nested.sh
# Neither side of a pipe can wait for the other, and none of them is left out.
cat >pipe.sh <<'EOF'
#!/bin/sh
docker compose exec -T db pg_dump -U postgres app | cat |
  docker compose exec -T app sh -c 'cat >/tmp/copy.sql'
EOF
chmod +x pipe.sh
for round in 1 2 3; do
  guarded "a pipe of two calls in a script, round $round" 0 $allow ./pipe.sh
  says '  arrives' "$(docker compose exec -T app tail -n 5 /tmp/copy.sql)" 'dump complete'
done
# Steps that a script starts beside each other come one after the other, and none is lost.
cat >beside.sh <<'EOF'
#!/bin/sh
docker compose exec -T app sh -c 'test ! -e /tmp/at-work && touch /tmp/at-work && sleep 3 && rm /tmp/at-work' &
one=$!
docker compose exec -T app sh -c 'test ! -e /tmp/at-work && touch /tmp/at-work && sleep 1 && rm /tmp/at-work' &
two=$!
wait "$one"
echo "one $?"
wait "$two"
echo "two $?"
EOF
guarded 'steps of a script that are started with &' 0 $allow beside.sh
fact '  are all run, and never side by side' "$(xargs <"$work/out")" 'one 0 two 0'
# One that shows logs until it is ended is not waited for.
cat >follow.sh <<EOF
#!/bin/sh
docker compose up app &
up=\$!
until grep '"kind":"begin"' "$journal" | grep -q '"up","app"'; do sleep 0.1; done
timeout 600 docker compose exec -T app touch /tmp/beside-up
echo "beside \$?"
kill "\$up"
wait
EOF
guarded 'a step beside an up that stays' 0 $allow follow.sh
says '  is run' "$(cat "$work/out")" 'beside 0'
start_stack db app
cat >backup.sh <<EOF
#!/bin/sh
exec "$program" guard --yes --output dump.sql -- docker compose exec -T db pg_dump -U postgres app
EOF
chmod +x backup.sh
printf 'guard:\n  backups: [{file: dump.sql, service: db, command: ["%s/backup.sh"]}]\n' "$PWD" \
  >.composelint.yaml
guarded 'a guard within a backup of guard' 0 --yes --attest writers-paused=none-here --backup -- \
  docker compose exec -T app migrate
says 'took it' "$(tail -n 5 dump.sql)" 'PostgreSQL database dump complete'
rm .composelint.yaml
guard_in_background $allow -- docker compose run --rm app sh -c "$held; migrate"
under_way a_task_runs
COMPOSELINT_RUN=0123456789abcdef "$program" guard $allow -- docker compose run --rm app migrate \
  >"$work/second" 2>&1 </dev/null
fact 'the name of another run opens nothing' "$?" 102
COMPOSELINT_RUN=$(sed -n 's/.*"run":"\([^"]*\)".*/\1/p' "$XDG_STATE_HOME"/composelint/*.lock) \
  "$program" guard $allow -- docker compose run --rm app migrate >"$work/second" 2>&1 </dev/null
fact 'nor does that of the one at work, for a stranger' "$?" 102
says '  which is said' "$(cat "$work/second")" 'not one that it has started'
release "$(one_off)"
ended

echo 'SELECT 1;' >migrations/0003_third.sql
guard_in_background $allow -- docker compose run --rm app sh -c "$held; migrate"
under_way a_task_runs
kill -9 "$guard_pid"
ended
guarded 'the task of a killed guard is seen' 100 $allow -- docker compose run --rm app migrate
says 'as what it is' "$(cat "$work/err")" app
release "$(one_off)"
under_way no_task_runs
guarded 'once it is through and recovered' 0 recover --yes
guarded 'the lock of the killed one holds nobody' 0 $allow -- docker compose run --rm app migrate
fact 'each file was applied once' "$(sql 'SELECT count(*) FROM migrations')" 3
finish

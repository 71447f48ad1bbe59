#!/bin/sh
# What guard costs beside its docker calls, and how many of those there are.
. "$(dirname "$0")/lib.sh"
make_stack
start_stack db app
allow='--yes --attest backup-taken=tried-by-hand --attest writers-paused=none-here'
budget=${COMPOSELINT_CPU_BUDGET_MS:-20}

# own_ticks WORD...: the processor time of guard alone, in ticks, to $ticks: what it has had when it
# was last seen, as nothing but built-in commands stand between two looks.
own_ticks() {
  guard_in_background "$@"
  while { read -r stat <"/proc/$guard_pid/stat"; } 2>/dev/null; do
    set -- ${stat##*) }
    [ "$1" != Z ] || break
  done
  ticks=$((${12} + ${13}))
  ended
}
hertz=$(getconf CLK_TCK)
for task in 'exec -T app touch /tmp/x' 'run --rm -T app true'; do
  all=0
  for round in 1 2 3 4 5; do
    # shellcheck disable=SC2086
    own_ticks $allow -- docker compose $task
    [ "$code" = 0 ] || fact "$task" "$code" 0
    all=$((all + ticks))
  done
  spent=$((all * 1000 / hertz / round))
  echo "guard itself takes $spent ms for $task"
  [ "$spent" -lt "$budget" ]
  fact "less than $budget ms: $task" "$?" 0
done

# Each docker call is a client to be started. Those of a look are asked at the same time, and there
# are three looks: before the decision, before the start, and at what came of it.
mv "$work/bin/docker" "$work/bin/real-docker"
cat >"$work/bin/docker" <<EOF
#!/bin/sh
echo "\$(date +%s%N) \$*" >>"$work/calls"
exec "$work/bin/real-docker" "\$@"
EOF
chmod +x "$work/bin/docker"
calls() {
  rm -f "$work/calls"
  # shellcheck disable=SC2086
  guarded "$1" 0 $allow -- docker compose $1
  count=$(wc -l <"$work/calls")
  [ "$count" -le "$2" ]
  fact "  in no more than $2 docker calls" "$?" 0
  echo "$count docker calls for $1"
}
calls 'exec -T app touch /tmp/x' 19
calls 'run --rm -T app true' 21
calls 'ps -q' 1
finish

#!/bin/sh
# Promise 8: a docker command of a script that is no business of guard's behaves as if it was not
# there, at next to no cost; a compose command that is comes by.
. "$(dirname "$0")/lib.sh"
make_stack
start_stack db app

# as_script TEXT: the text as a script, without guard and with it.
as_script() {
  printf '%s\n' "$1" >script.sh
  sh script.sh >"$work/plain.out" 2>"$work/plain.err" </dev/null
  plain=$?
  guard script.sh
}
same() {
  as_script "$2"
  fact "$1: exit code" "$code" "$plain"
  cmp -s "$work/plain.out" "$work/out"
  fact "$1: standard output" "$?" 0
  cmp -s "$work/plain.err" "$work/err"
  fact "$1: standard error" "$?" 0
}
same 'docker itself' "docker ps -a --filter name=$project --format '{{.Names}}'"
same 'a failure of docker' 'docker no-such-command; exit 9'
same 'compose that only looks' 'docker compose ps -q app; docker compose config --volumes'
same 'an engine that is away' 'docker -H tcp://127.0.0.1:1 ps'
same 'streams' "echo text | docker exec -i $project-app-1 cat; docker exec $project-app-1 sh -c 'echo e >&2; exit 5'"
same 'an own name' "exec -a whale docker --version 2>/dev/null || sh -c 'docker --version'"
same 'an emptied environment' 'env -i PATH="$PATH" docker --version'
same 'PATH with the shims twice' 'PATH=$PATH:$PATH; docker --version'
same 'a script without docker' 'echo one; echo two >&2; exit 3'
printf '#!/bin/sh -e\necho "$0 $*"; false; echo never\n' >script.sh && chmod +x script.sh
guard ./script.sh 'a b' c
fact 'the first line is heeded, and words go on' "$code $(cat "$work/out")" '1 ./script.sh a b c'

# What changes something is seen, however it is written.
for line in 'docker compose run --rm app migrate' 'env docker compose run --rm app migrate' \
  'DC="docker compose"; $DC run --rm app migrate' 'env -i PATH="$PATH" HOME="$HOME" docker compose run --rm app migrate' \
  'sh -c "docker compose run --rm app migrate"' 'echo app | xargs -I{} docker compose run --rm {} migrate'; do
  as_script_refused() { printf 'set -e\n%s\necho went-on\n' "$1" >script.sh; guard --yes script.sh; }
  as_script_refused "$line"
  [ "$code" != 0 ]
  fact "refused: $line" "$?" 0
  fact '  and set -e ends the script' "$(grep -c went-on "$work/out")" 0
done
fact 'none has run' "$(sql "SELECT to_regclass('migrations') IS NULL")" t

printf 'PATH=/usr/bin:/bin\ndocker compose up -d\n' >script.sh
guarded 'a script that goes past guard is not started' 100 script.sh

# Ways past the shims that the text tells: the script is not started.
usual=/usr/local/bin:/usr/bin:/bin
work_of='docker compose exec -T app migrate'
printf 'PATH=%s\n%s\n' "$usual" "$work_of" >inner.sh
printf 'export PATH := %s\nall:\n\t@%s\n' "$usual" "$work_of" >mk
for line in "env PATH=$usual $work_of" "env -i PATH=$usual $work_of" "PATH=$usual $work_of" \
  "command -p $work_of" "bash -lc '$work_of'" 'sh inner.sh' 'make -s -f mk all' \
  "eval \"PATH=$usual\"; $work_of" "docker() { $DOCKER \"\$@\"; }; $work_of" \
  "hash -p $DOCKER docker; $work_of" "su root -c '$work_of'" \
  "PATH=\"\$(dirname $DOCKER):\$PATH\"; $work_of" "for PATH in $usual; do $work_of; done" \
  "(cd ${DOCKER%/*}; exec ./${work_of})" "cp $DOCKER dk; ./dk ${work_of#docker }" \
  "awk 'BEGIN { system(\"$DOCKER ${work_of#docker }\") }'"; do
  printf '%s\n' "$line" >script.sh
  guarded "not started: $line" 100 --yes script.sh
  says '  with the place' "$(cat "$work/err")" 'past guard'
done
for line in 'PATH=$PATH:/opt/bin' 'export PATH="$HOME/bin:$PATH"' 'PATH=/sbin:/bin true' \
  "env PATH=$usual docker compose ps"; do
  printf '%s\ndocker compose ps -q app\n' "$line" >script.sh
  guarded "ordinary: $line" 0 script.sh
done

# A script that is given as a command is guarded all the same.
printf '#!/bin/sh\n%s\n' "$work_of" >deploy.sh && chmod +x deploy.sh
printf 'deploy:\n\t@./deploy.sh\n' >Makefile
guarded 'a script as a command' 100 --yes -- ./deploy.sh
guarded 'a shell and its script' 100 --yes -- sh -e deploy.sh
if command -v make >/dev/null; then
  guarded 'make, whose recipe fails' 2 --yes -- make deploy
  says '  as guard has blocked it' "$(cat "$work/err")" 'blocked; nothing has been run'
  guarded 'make with a PATH of its own' 100 --yes -- make -s -f mk all
fi
for command in 'sudo -n ./deploy.sh' 'env -i ./deploy.sh' 'bash -l deploy.sh'; do
  guarded "refused: $command" 2 --yes -- $command
  says '  with the way to give it' "$(cat "$work/err")" 'composelint guard'
done
guarded 'a shell text with a script' 2 --yes -- sh -c ./deploy.sh
fact 'none of them has run' "$(sql "SELECT to_regclass('migrations') IS NULL")" t
printf '#!/bin/sh\necho "$0 $*"; exit 5\n' >deploy.sh
guarded 'and its status and words are its own' 5 -- ./deploy.sh 'a b'
fact '  all of them' "$(cat "$work/out")" './deploy.sh a b'

# Docker's own commands at a protected project.
mkdir -p "$HOME/.config/composelint"
echo "guard: {environments: [{name: production, projects: $project, require: [backup-taken]}]}" \
  >"$HOME/.config/composelint/config.yaml"
for line in "docker exec $project-app-1 migrate" "docker exec -i $project-app-1 sh -c migrate" \
  "docker rm -fv $project-app-1" "docker volume rm ${project}_data"; do
  printf '%s\necho code=$?\n' "$line" >script.sh
  guarded "protected from: $line" 0 --yes script.sh
  says '  in a script' "$(cat "$work/out" "$work/err")" 'production asks for backup-taken'
  says '  with the code' "$(cat "$work/out")" 'code=100'
  guarded '  and by itself' 100 --yes -- $line
done
fact 'none of them has run' "$(sql "SELECT to_regclass('migrations') IS NULL")" t
docker run -d --network none --name "$project-other" "$postgres_image" sleep 600 >/dev/null
for line in "docker exec $project-db-1 pg_dump -U postgres app" "docker exec $project-other true" \
  "docker rm -fv $project-other"; do
  echo "$line" >script.sh
  guarded "let pass: $line" 0 --yes script.sh
done
rm "$HOME/.config/composelint/config.yaml"

# Every way out leaves no directory.
echo 'exit 4' >script.sh
guard script.sh
fact 'its end leaves nothing' "$(sessions_left)" 0
echo 'sleep 120' >script.sh
for signal in TERM HUP INT; do
  guard_in_background script.sh
  under_way sh -c "ls '$TMPDIR' | grep -q composelint-session"
  kill -s "$signal" "$guard_pid"
  ended
  fact "$signal leaves nothing" "$(sessions_left)" 0
done
guard_in_background script.sh
under_way sh -c "grep -q session '$TMPDIR'/composelint-session-*/session.json"
kill -9 "$guard_pid"
ended
echo true >script.sh
guard script.sh
fact 'what a killed one left, the next one takes away' "$(sessions_left)" 0

# The cost, against the bare program: of 20 calls each, the best of fifteen rounds, as others are at
# work on the machine, too.
cat >time.sh <<'EOF'
best=
for round in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
  begin=$(date +%s%N)
  i=0
  while [ "$i" -lt 20 ]; do docker --version >/dev/null; i=$((i + 1)); done
  took=$((($(date +%s%N) - begin) / 20000))
  [ -n "$best" ] && [ "$best" -le "$took" ] || best=$took
done
echo "$best"
EOF
bare=$(sh time.sh)
guard time.sh
with=$(cat "$work/out")
echo "a call takes $bare us by itself and $with us under guard"
# A build for debugging is not linked statically, and takes longer to load.
[ $((with - bare)) -lt "${COMPOSELINT_SHIM_BUDGET_US:-3000}" ]
fact 'the shim takes less than 3 ms' "$?" 0
finish

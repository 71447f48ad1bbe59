# Sourced by the tests of guard on a real engine: a stack of its own (stack/), and words to try to
# break a promise with. $1 is the program. Shares its ground with the tests of premises.
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
engine_here=$(cd "$(dirname "$0")" && pwd)
images_here=$engine_here
premises_here=$(cd "$engine_here/../../premises" && pwd)
. "$premises_here/lib.sh"
. "$engine_here/images.sh"

command -v setsid >/dev/null || skip 'no setsid(1) (util-linux)'
"$DOCKER" image inspect "$postgres_image" >/dev/null 2>&1 ||
  skip 'the PostgreSQL image is not there; tests/premises/setup.sh start makes it'

# Scripts call `docker` itself: a wrapper would stand between guard and its signals.
ln -sf "$DOCKER" "$work/bin/docker"
export HOME="$work/home" XDG_STATE_HOME="$work/state"
export TMPDIR="$work/tmp"
unset XDG_CONFIG_HOME
mkdir -p "$HOME" "$TMPDIR"

# Canaries: none of them may ever be seen in what guard prints or writes down.
export DB_PASSWORD="canary-database-$$" APP_TOKEN="canary-token-$$"

make_stack() {
  cp -R "$engine_here/stack/." .
  sed -e "s|@project@|$project|" -e "s|@postgres@|$postgres_image|" compose.yaml >compose.new
  mv compose.new compose.yaml
  echo "DB_PASSWORD=canary-database-$$" >.env
  echo "SECRET_KEY=canary-key-$$" >app.env
}

# start_stack [SERVICE...]: running and healthy, or the test has failed. What an engine under load
# refuses once (a deadline of its own, a device that is busy) it is asked for again.
start_stack() {
  for _ in 1 2 3; do
    compose up -d --wait "$@" >"$work/up.log" 2>&1 && return 0
  done
  cat "$work/up.log" >&2
  compose logs --no-color --tail 20 >&2
  echo 'FAILS: the stack does not start' >&2
  exit 1
}

# guard ARGUMENT...: standard output to $work/out, the rest to $work/err, exit code to $code.
guard() {
  "$program" guard "$@" >"$work/out" 2>"$work/err" </dev/null
  code=$?
  cat "$work/out" "$work/err" >>"$work/everything"
}
# The same as a background job whose process id is $guard_pid. sh starts those with ^C ignored.
guard_in_background() {
  env --default-signal=INT,QUIT "$program" guard "$@" >"$work/out" 2>"$work/err" </dev/null &
  guard_pid=$!
}
ended() {
  wait "$guard_pid"
  code=$?
  cat "$work/out" "$work/err" >>"$work/everything"
}
# guarded WHAT CODE ARGUMENT...: a fact about the exit code, and what was said where it differs.
guarded() {
  what=$1 expected=$2
  shift 2
  guard "$@"
  fact "$what" "$code" "$expected"
  [ "$code" = "$expected" ] || sed 's/^/  | /' "$work/out" "$work/err" >&2
}

# within SECONDS COMMAND...: yes as soon as it succeeds.
within() {
  left=$(($1 * 10))
  shift
  until "$@" >/dev/null 2>&1; do
    left=$((left - 1))
    [ "$left" -gt 0 ] || return 1
    sleep 0.1
  done
}

# under_way CHECK...: waits for what has to come, however slow the machine is; says what guard said
# where that does not.
under_way() {
  within 300 "$@" && return 0
  fact "$* within five minutes" no yes
  cat "$work/out" "$work/err" 2>/dev/null | sed 's/^/  | /' >&2
}

# The client with the task of the guard $1, which has others to look at the stack.
client_of() {
  ps -eo pid,ppid,args |
    awk -v guard="$1" '$2 == guard && /compose.* (run|exec) / && !/--dry-run/ { print $1; exit }'
}
# What a task does to last until `release CONTAINER`, however slow the machine is; with `; exit N`.
# It takes the word away behind itself: before, it might take that of somebody who was faster.
held='until [ -e /tmp/go ]; do sleep 0.1; done; rm /tmp/go'
release() { docker exec "$1" touch /tmp/go; }
# The container of a `run`.
one_off() {
  docker ps -q --filter "label=com.docker.compose.project=$project" \
    --filter label=com.docker.compose.oneoff=True
}

sql() { docker exec "$project-db-1" psql -qAtX -U postgres -d app -c "$1" 2>&1; }
state_of() { docker inspect -f '{{.State.Status}}' "$project-$1-1" 2>/dev/null; }
# health_is STATE CONTAINER
health_is() { [ "$(docker inspect -f '{{.State.Health.Status}}' "$2")" = "$1" ]; }
# A container at work may not freeze at the first try: under load the engine answers "unable to
# freeze" and thaws it.
paused() { [ "$(docker inspect -f '{{.State.Status}}' "$1")" = paused ] || docker pause "$1"; }
# ill_after WHAT CONTAINER ARGUMENT...: a task after which it is ill is no success. That is seen when
# a check of its health has ended, for which a slow machine gets more time.
ill_after() {
  what=$1 whose=$2
  shift 2
  for settle in 8s 90s; do
    docker exec "$whose" sh -c 'echo ok >/tmp/www/health'
    under_way health_is healthy "$whose"
    guard --settle "$settle" "$@"
    [ "$code" = 0 ] || break
  done
  fact "$what" "$code" 101
}
tasks_running() { one_off | wc -l; }
a_task_runs() { [ "$(tasks_running)" -gt 0 ]; }
no_task_runs() { [ "$(tasks_running)" = 0 ]; }
# part_grows NAME SIZE: an unfinished file of guard's, as find(1) names and measures them.
part_grows() { find . -name "$1" -size "$2" | grep -q .; }

journal=$XDG_STATE_HOME/composelint/journal.jsonl
# The word behind "end" of each ended run, in order.
ends() { sed -n 's/.*"kind":"end".*"end":"\([^"]*\)".*/\1/p' "$journal" 2>/dev/null | xargs; }
begun() { grep -c '"kind":"begin"' "$journal" 2>/dev/null || true; }

sessions_left() { find "$TMPDIR" -maxdepth 1 -name 'composelint-session-*' | wc -l; }

# A whole dump of the database, of now.
dump_to() { docker exec "$project-db-1" pg_dump -U postgres app >"$1"; }

finish() {
  cat "$journal" >>"$work/everything" 2>/dev/null
  if grep -n 'canary-' "$work/everything" >&2; then
    fact 'no secret is in anything that guard has written' seen 'not seen'
  fi
  conclude
}

#!/bin/sh
# A protected environment holds whatever the command line looks like: what is sent to a client, the
# entrypoint that is put in the place of another, the name by which the engine is called.
. "$(dirname "$0")/lib.sh"
make_stack
start_stack db app
untouched() { fact '  and nothing has run' "$(sql "SELECT to_regclass('migrations') IS NULL AND to_regclass('nix') IS NULL")" t; }
protect() {
  mkdir -p "$HOME/.config/composelint"
  echo "guard: {environments: [{name: production, $1, require: [backup-taken]}]}" \
    >"$HOME/.config/composelint/config.yaml"
}
protect "projects: $project"
echo 'CREATE TABLE nix();' >nix.sql

# fed WHAT ARGUMENT...: guard with the SQL on its standard input.
fed() {
  what=$1
  shift
  "$program" guard --yes -- docker compose "$@" >"$work/out" 2>"$work/err" <nix.sql
  code=$?
  cat "$work/out" "$work/err" >>"$work/everything"
  fact "$what" "$code" 100
  says '  for what it is' "$(cat "$work/err")" 'is told on its standard input is not known'
  untouched
}
fed 'SQL of a file' exec -T db psql -qX -v ON_ERROR_STOP=1 -U postgres app
fed 'SQL through a shell' exec -T db sh -c 'psql -qX -v ON_ERROR_STOP=1 -U postgres app </dev/stdin'
fed 'a shell text of a file' exec -T db sh
guarded 'SQL of a pipe inside' 100 --yes -- \
  docker compose exec -T db sh -c 'echo "CREATE TABLE nix()" | psql -U postgres app'
untouched
guarded 'a migration beside a look' 100 --yes -- docker compose exec -T app sh -c 'ls; migrate'
guarded 'a look stays free' 0 -- docker compose exec -T db psql -U postgres -tAc 'SELECT 1' app
fact '  and is given' "$(cat "$work/out")" 1

guarded 'a migration as entrypoint' 100 --yes -- \
  docker compose run --rm -T --entrypoint migrate app
untouched
guarded 'a shell as entrypoint' 100 --yes -- \
  docker compose run --rm -T --entrypoint sh app -c migrate
untouched

# What a verb starts or copies is asked after; what only runs the same services again is not.
guarded 'all profiles at once' 100 --dry-run --yes -- docker compose --profile '*' up -d
says '  for the migration in them' "$(cat "$work/err")" 'it starts migrator'
guarded 'a profile that migrates' 100 --yes -- docker compose --profile tools up -d
untouched
guarded 'a migration by its name' 100 --yes -- docker compose start migrator
guarded 'a file into a container' 100 --yes -- \
  docker compose cp nix.sql db:/var/lib/postgresql/data/PG_VERSION
says '  for what it is' "$(cat "$work/err")" 'files are copied into db:/var/lib/postgresql'
fact '  and nothing is copied' \
  "$(docker exec "$project-db-1" cat /var/lib/postgresql/data/PG_VERSION)" 15
guarded 'a file out of a container stays free' 0 --yes -- docker compose cp db:/etc/hostname copied
guarded 'the plain servers start' 0 --yes -- docker compose up -d
guarded 'one is started again' 0 --yes -- docker compose restart app
guarded 'one is scaled' 0 --yes -- docker compose scale worker=2
guarded 'containers are listed' 0 -- docker compose ps
guarded 'logs are read' 0 -- docker compose logs --tail 1 db

# A service that dumps and removes old dumps is no change of data.
cat >backup.yaml <<EOF
services:
  backup:
    image: "$postgres_image"
    command: sh -c 'while :; do pg_dump app >/b/x; find /b -mtime +7 -delete; rm -rf /b/old; sleep 1d; done'
    tmpfs: [/b]
    stop_grace_period: 1s
EOF
guarded 'a backup beside it may prune' 0 --yes -- \
  docker compose -f compose.yaml -f backup.yaml up -d backup
compose -f compose.yaml -f backup.yaml rm -fs backup >/dev/null 2>&1

# A look that carries something else.
for task in "psql -U postgres app -c 'select wipe()'" \
  "psql -U postgres app -c 'select 1' -o '|touch /var/lib/postgresql/data/x'" \
  "awk 'BEGIN {system(\"touch /var/lib/postgresql/data/x\")}'"; do
  eval "guarded 'told more: $(printf %s "$task" | tr -d "'\"")' 100 --yes -- docker compose exec -T db $task"
  says '  backup-taken' "$(cat "$work/err")" backup-taken
done
docker exec "$project-db-1" test ! -e /var/lib/postgresql/data/x
fact '  and none has run' "$?" 0
guarded 'functions of the server only look' 0 -- \
  docker compose exec -T db psql -U postgres -tAc 'SELECT length(version()) > 3' app
fact '  and are given' "$(cat "$work/out")" t

# The engine by other names: a link to its socket, and the context that leads to it.
socket=$(docker context inspect --format '{{.Endpoints.docker.Host}}')
ln -s "${socket#unix://}" "$work/other.sock"
protect "endpoints: '$socket'"
for name in "$socket" "unix://$work/other.sock" "unix:///${socket#unix://}"; do
  DOCKER_HOST=$name guarded "protected as $name" 100 --yes -- docker compose exec -T app migrate
  says '  is production' "$(cat "$work/err")" 'production asks for it'
done
protect "endpoints: 'unix://$work/other.sock'"
guarded 'protected by a link to it' 100 --yes -- docker compose exec -T app migrate
says '  is production' "$(cat "$work/err")" 'production asks for it'
protect 'contexts: shop-production'
cp -R "$DOCKER_CONFIG" "$work/docker"
export DOCKER_CONFIG="$work/docker"
docker context create shop-production --docker "host=$socket" >/dev/null 2>&1
guarded 'a protected context is its engine' 100 --yes -- docker compose exec -T app migrate
says '  is production' "$(cat "$work/err")" 'production asks for it'
untouched

rm "$HOME/.config/composelint/config.yaml"
"$program" guard -- docker compose exec -T db psql -qX -v ON_ERROR_STOP=1 -U postgres app \
  >"$work/out" 2>"$work/err" <nix.sql
fact 'elsewhere SQL of a file is nobody'"'"'s business' "$? $(cat "$work/err")" '0 '
fact '  and has run' "$(sql "SELECT to_regclass('nix') IS NULL")" f
finish

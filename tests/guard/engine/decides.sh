#!/bin/sh
# Promise 1: it runs only when nothing blocks, and what is not known is no pass.
. "$(dirname "$0")/lib.sh"
make_stack
# Without --yes and without a terminal a question blocks, too.
allow='--attest backup-taken=tried-by-hand --attest writers-paused=none-here'
migrate='docker compose run --rm app migrate'

# blocks WHAT PART: a migration is refused, PART is among the reasons, and nothing has run.
blocks() {
  guarded "$1" 100 $allow -- $migrate
  says "  because of it" "$(cat "$work/out" "$work/err")" "$2"
  fact '  no task was started' "$(one_offs)" 0
}

blocks 'no stack at all' db
start_stack
guarded 'no backup is known' 100 --yes -- $migrate
says '  and that is said' "$(cat "$work/err")" backup
says '  with a way out' "$(cat "$work/err")" 'remedy: name one under guard.backups'
fact '  nothing was applied' "$(sql "SELECT to_regclass('migrations') IS NULL")" t

guarded 'nor is one before volumes go' 100 --yes -- docker compose down -v
says '  with a way out, too' "$(cat "$work/err")" 'remedy: name one under guard.backups'
says '  and a word' "$(cat "$work/err")" '--attest backup-taken='
fact '  nothing is gone' "$(state_of db)" running

under_way paused "$project-db-1"
blocks 'a paused database' paused
docker unpause "$project-db-1" >/dev/null
docker kill "$project-db-1" >/dev/null
blocks 'a database that is down' db
start_stack
docker exec "$project-app-1" rm /tmp/www/health
under_way health_is unhealthy "$project-app-1"
blocks 'an unhealthy app' unhealthy
docker exec "$project-app-1" sh -c 'echo ok >/tmp/www/health'
under_way health_is healthy "$project-app-1"

sed -i 's/PGCONNECT_TIMEOUT: 5/PGCONNECT_TIMEOUT: ${NEVER_SET}/' compose.yaml
blocks 'a variable that is not set' NEVER_SET
sed -i 's/\${NEVER_SET}/5/' compose.yaml
sed -i 's/POSTGRES_DB: app/POSTGRES_DB: app\n      DRIFT: "1"/' compose.yaml
blocks 'a database that would be made anew' db
sed -i '/DRIFT/d' compose.yaml
echo 'services: {app: {imge: x}}' >broken.yaml
guarded 'a configuration that is refused' 100 $allow -- \
  docker compose -f compose.yaml -f broken.yaml run --rm app migrate
guarded 'a service that is not there' 100 $allow -- docker compose run --rm ap migrate
says '  with the one that was meant' "$(cat "$work/err")" 'app'

# The same name, other files: somebody else's stack.
mkdir "$work/other" && (cd "$work/other" && cp -R "$work/project/." . &&
  guarded 'the stack of another directory' 100 $allow -- $migrate
  [ "$failures" = 0 ]) || failures=1

DOCKER_HOST=tcp://127.0.0.1:1 guarded 'an engine that is away' 103 $allow -- $migrate
compose run -d --name "$project-other" app sleep 600 >/dev/null 2>&1
guarded 'another task of the service' 100 $allow -- $migrate
docker rm -f "$project-other" >/dev/null

guarded 'and when all is well it runs' 0 $allow -- $migrate
fact 'to its end' "$(sql 'SELECT count(*) FROM migrations')" 2
finish

#!/bin/sh
# Promise 4: success is more than exit status 0.
. "$(dirname "$0")/lib.sh"
make_stack
start_stack
allow='--yes --attest backup-taken=tried-by-hand --attest writers-paused=none-here'

guarded 'a migration that is well' 0 $allow -- docker compose run --rm app migrate
guarded 'a migration that fails' 3 $allow -- docker compose run --rm app sh -c 'exit 3'

# It ends with 0, and the app is no longer well: a check fails, and the ten that make it unhealthy
# have not been made.
ill_after 'a task that breaks the app' "$project-app-1" $allow -- \
  docker compose exec -T app rm /tmp/www/health
case $settle in 8s) ill='fails its health check' ;; *) ill='is unhealthy' ;; esac
says 'says what is not well' "$(cat "$work/err")" "$ill"
docker exec "$project-app-1" sh -c 'echo ok >/tmp/www/health'
under_way health_is healthy "$project-app-1"

# It ends with 0, and the app logs an error of a kind that was not there before.
logs_error="migrate; echo 'FATAL: no such table' >/proc/1/fd/1"
for news in 1 0; do
  guarded 'a task by which the app logs an error' 0 $allow -- \
    docker compose exec -T app sh -c "$logs_error"
  fact '  once it is news' "$(grep -c 'new errors in the logs of app' "$work/err")" "$news"
done

guarded 'a container that is left is told' 0 $allow -- docker compose run app migrate
says 'by its name' "$(cat "$work/err")" "$project-app-run-"
compose down --remove-orphans >/dev/null 2>&1
start_stack

# A dump whose database dies, with exit status 0 inside of a pipe of its own.
guarded 'a dump' 0 $allow --output good.sql -- docker compose exec -T db pg_dump -U postgres app
cp good.sql before.sql
guarded 'a dump that says 0 and is cut' 101 $allow --output good.sql -- \
  docker compose exec -T db sh -c 'pg_dump -U postgres app | head -c 500'
cmp good.sql before.sql
fact 'does not take the place of the good one' "$?" 0

# Archives are read to the end that their own tables tell.
for as in 'pg_dump -U postgres -Fc app' 'pg_dump -U postgres -Fc -Z0 app' \
  'pg_dump -U postgres -Ft app' 'pg_dump -U postgres -Fc -f /tmp/x app && cat /tmp/x' \
  'pg_dump -U postgres -Fc app | gzip'; do
  guarded "$as" 0 $allow --output good.dump -- docker compose exec -T db sh -c "$as"
done
guarded 'the custom format' 0 $allow --output good.dump -- \
  docker compose exec -T db pg_dump -U postgres -Fc app
pg_restore -l good.dump >/dev/null 2>&1 || docker exec -i "$project-db-1" pg_restore -l <good.dump >/dev/null
fact 'is what pg_restore reads' "$?" 0
cp good.dump before.dump
for as in 'pg_dump -U postgres -Fc app | head -c 900' 'pg_dump -U postgres -Ft app | head -c 4096' \
  'pg_dump -U postgres -Fc app | head -c -1'; do
  guarded "cut: $as" 101 $allow --output good.dump -- docker compose exec -T db sh -c "$as"
done
cmp good.dump before.dump
fact 'no cut archive takes the place of the good one' "$?" 0
guarded 'what nobody can judge' 101 $allow --output other -- \
  docker compose exec -T db sh -c 'echo hello; : >/x'
fact 'names no file that is gone' "$(grep -c '\.part' "$work/err")" 0
guarded 'is taken on a word' 0 $allow --attest output-checked=seen --output other -- \
  docker compose exec -T db sh -c 'echo hello; : >/x'
finish

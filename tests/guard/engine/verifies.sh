#!/bin/sh
# Promise 4: success is more than exit status 0.
. "$(dirname "$0")/lib.sh"
make_stack
start_stack
allow='--yes --attest backup-taken=tried-by-hand --attest writers-paused=none-here'

guarded 'a migration that is well' 0 $allow -- docker compose run --rm app migrate
guarded 'a migration that fails' 3 $allow -- docker compose run --rm app sh -c 'exit 3'

# It ends with 0, and the app is no longer well.
guarded 'a task that breaks the app' 101 $allow --settle 5s -- \
  docker compose exec -T app rm /tmp/www/health
says 'says what is not well' "$(cat "$work/err")" 'fails its health check'
docker exec "$project-app-1" sh -c 'echo ok >/tmp/www/health'
within 30 sh -c "docker inspect -f '{{.State.Health.Status}}' $project-app-1 | grep -qx healthy"

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
finish

#!/bin/sh
# The ways of guard by the oldest Compose that it takes, 2.26: what it says, asks and prints differs.
. "$(dirname "$0")/lib.sh"
has_oldest || skip 'no Docker Compose 2.26 beside the recent one; ./dev test fetches it'
export DOCKER_CONFIG="$oldest_config"
make_stack
cat >.composelint.yaml <<'EOF'
guard:
  backups:
    - file: backups/app-*.sql
      service: db
      command: docker compose exec -T db pg_dump -U postgres app
EOF
mkdir backups
start_stack db app
allow='--yes --attest backup-taken=tried-by-hand --attest writers-paused=none-here'

guarded 'a migration without a backup is refused' 100 --yes -- docker compose run --rm app migrate
says '  by this Compose' "$("$program" guard --dry-run --verbose -- docker compose run --rm app migrate 2>&1)" \
  'Compose 2.26'
guarded 'with one it runs' 0 --yes --backup --attest writers-paused=none-here -- \
  docker compose run --rm app migrate
fact '  and has migrated' "$(sql 'SELECT count(*) FROM migrations')" 2
says '  after a whole dump' "$(tail -n 5 backups/app-*.sql)" 'PostgreSQL database dump complete'
fact '  both are verified' "$(ends)" 'blocked verified verified'

guarded 'exec gives its own code' 43 $allow -- docker compose exec -T app sh -c 'exit 43'
guarded 'run as well' 42 $allow -- docker compose run --rm app sh -c 'exit 42'
guarded 'a dump' 0 --yes --output dump.sql -- docker compose exec -T db pg_dump -U postgres app
says '  which is whole' "$(tail -n 5 dump.sql)" 'PostgreSQL database dump complete'
cp dump.sql before.sql
guarded 'a dump that fails' 1 --yes --output dump.sql -- docker compose exec -T db pg_dump -U postgres nowhere
cmp -s dump.sql before.sql
fact '  leaves the old one' "$?" 0
guarded 'up' 0 --yes -- docker compose up -d --wait app
sed -i 's/command: serve/command: serve\n    labels: {changed: "yes"}/' compose.yaml
says 'a change of the files is seen' \
  "$("$program" guard --dry-run -- docker compose run --rm app migrate 2>&1)" '[no-drift]'
guarded 'and applied by up' 0 $allow -- docker compose up -d --wait app
fact '  to the container' "$(docker inspect -f '{{.Config.Labels.changed}}' "$project-app-1")" yes
under_way paused "$project-db-1"
guarded 'a paused database blocks' 100 $allow -- docker compose run --rm app migrate
docker unpause "$project-db-1" >/dev/null
under_way health_is healthy "$project-db-1"

# A guard that is killed: the task goes on, and recover sees to it.
guard_in_background $allow -- docker compose run --rm app sh -c "$held; migrate"
under_way a_task_runs
kill -9 "$guard_pid"
ended
guarded 'status knows of it' 0 status
says '  and of its container' "$(cat "$work/out")" "container $(docker ps -q --no-trunc \
  --filter "label=com.docker.compose.project=$project" \
  --filter label=com.docker.compose.oneoff=True | cut -c 1-12)"
guarded 'nothing else begins' 100 --yes --attest writers-paused=none-here -- docker compose run --rm app migrate
release "$(one_off)"
under_way no_task_runs
guarded 'recover settles it' 0 recover --yes
guarded 'and then the next may' 0 $allow -- docker compose run --rm app migrate
finish

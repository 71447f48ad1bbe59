#!/bin/sh
# Promise 1, of data: what throws it away waits for a restore point of what is there now.
. "$(dirname "$0")/lib.sh"
make_stack
start_stack
data=/var/lib/postgresql/data
sql 'CREATE TABLE things AS SELECT 1 AS a' >/dev/null

# asks ARGUMENT...: it is refused, for want of a restore point.
asks() {
  guarded "$*" 100 --yes -- docker compose "$@"
  says '  for want of a restore point' "$(cat "$work/err")" '[backup-taken]'
}
asks exec -T db psql -qX -U postgres -d app -c 'DROP TABLE things'
asks exec -T db psql -qX -U postgres -d app -c 'DELETE FROM things'
asks exec -T db psql -qX -U postgres -d app -c 'UPDATE things SET a = 2'
asks exec -T db psql -qX -U postgres -d app -c "\\! rm -rf $data/base"
asks exec -T db sh -c "D=$data; rm -rf \$D/base"
asks exec -T db dropdb -U postgres app
asks exec -T db rm -rf "$data/base"
asks exec -T db sh -c "find $data -type f -delete"
asks exec -T db truncate -s 0 "$data/PG_VERSION"
asks run --rm --entrypoint rm db -rf "$data/base"
asks run --rm -v "${project}_data:/d" app rm -rf /d/base
asks cp .env "db:$data/PG_VERSION"
fact 'all of it is there' "$(sql 'SELECT count(*) FROM things')" 1
guarded 'files elsewhere need none' 0 --yes -- docker compose exec -T db rm -rf /tmp/nothing
guarded 'nor do single rows' 0 --yes -- \
  docker compose exec -T db psql -qX -U postgres -d app -c 'DELETE FROM things WHERE a = 2'

# With a dump of it the table may go, and so may the volume.
guarded 'a dump' 0 --yes --output app.sql -- docker compose exec -T db pg_dump -U postgres app
guarded 'lets a table go' 0 --yes -- \
  docker compose exec -T db psql -qX -U postgres -d app -c 'DROP TABLE things'
guarded 'and the volume' 0 --yes -- docker compose down -v
start_stack
asks down -v
says '  as the volume is another one' "$(cat "$work/err")" 'older than the volume'
guarded 'a dump of what is there now' 0 --yes --output new.sql -- \
  docker compose exec -T db pg_dump -U postgres app
guarded 'lets that go' 0 --yes -- docker compose down -v
start_stack

# The policy's backup is of the project in the directory.
cat >.composelint.yaml <<'POLICY'
guard:
  backups: [{file: app-*.sql, service: db, command: docker compose exec -T db pg_dump -U postgres app}]
POLICY
guarded 'no plan with a backup of another project' 100 --dry-run --backup -- \
  docker compose -p "${project}b" run --rm app migrate
says '  and that is said' "$(cat "$work/err")" "it is of the project $project"

# A part of the stack adopts another file.
echo 'services: {app: {environment: {X: "1"}}}' >more.yaml
COMPOSE_FILE=compose.yaml:more.yaml
export COMPOSE_FILE
docker compose up -d --wait >/dev/null 2>&1
guarded 'a stack of two pieces, for a task in the one with all files' 0 --dry-run -- \
  docker compose exec -T app touch /tmp/x
says '  is told as one' "$(cat "$work/err")" 'worker still runs as started from'
case $(cat "$work/err") in *no-drift*) seen=yes ;; *) seen=no ;; esac
fact '  and nothing good of it' "$seen" no
docker compose up -d --wait --force-recreate worker >/dev/null 2>&1
guarded 'once that is made anew' 0 --dry-run -- docker compose exec -T app touch /tmp/x
case $(cat "$work/err") in *'still runs as started from'*) seen=yes ;; *) seen=no ;; esac
fact '  it is one' "$seen" no
finish

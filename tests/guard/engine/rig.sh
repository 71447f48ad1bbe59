#!/bin/sh
# The rig itself: the stack migrates, dumps and restores without any guard.
. "$(dirname "$0")/lib.sh"
make_stack
start_stack
fact 'the database is healthy' "$(docker inspect -f '{{.State.Health.Status}}' "$project-db-1")" healthy
compose run --rm -T app migrate </dev/null >"$work/out" 2>"$work/err"
fact 'the app migrates' "$?" 0
fact 'both files are applied' "$(sql 'SELECT count(*) FROM migrations')" 2
fact 'and not again' "$(compose run --rm -T app migrate </dev/null 2>/dev/null)" 'the schema is up to date'
fact 'a migration service does the same' \
  "$(compose --profile tools run --rm -T migrator </dev/null 2>/dev/null)" 'the schema is up to date'
first=$(sql 'SELECT count(*) FROM ticks')
there_are_more() { [ "$(sql 'SELECT count(*) FROM ticks')" -gt "$first" ]; }
within 300 there_are_more
fact 'the worker writes all the time' "$?" 0

dump_to backup.sql
says 'a dump has its trailer' "$(tail -n 5 backup.sql)" 'PostgreSQL database dump complete'
sql 'DROP TABLE items' >/dev/null
compose stop worker >/dev/null 2>&1
compose exec -T db psql -qX -U postgres -d app -c 'DROP SCHEMA public CASCADE; CREATE SCHEMA public' \
  </dev/null >/dev/null 2>&1
compose exec -T db psql -qX -v ON_ERROR_STOP=1 -U postgres -d app <backup.sql >/dev/null 2>"$work/err"
fact 'it restores' "$?" 0
fact 'to what was there' "$(sql 'SELECT count(*) FROM items')" 1000

echo 'ALTER TABLE nowhere ADD x int;' >migrations/0003_broken.sql
compose run --rm -T app migrate </dev/null >/dev/null 2>&1
fact 'a broken migration says so' "$?" 3
fact 'and leaves nothing' "$(sql 'SELECT count(*) FROM migrations')" 2
conclude

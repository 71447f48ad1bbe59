#!/bin/sh
# Promise 5: whatever happens, no file is cut, no container is left, and workers go on.
. "$(dirname "$0")/lib.sh"
make_stack
start_stack
allow='--yes --attest backup-taken=tried-by-hand'
sql 'CREATE TABLE heap (id serial, name text)' >/dev/null
sql "INSERT INTO heap (name) SELECT repeat('x', 200) FROM generate_series(1, 200000)" >/dev/null
dump='docker compose exec -T db pg_dump -U postgres app'
parts() { find . -name '.*.part' | wc -l; }

guarded 'a dump' 0 --yes --output backup.sql -- $dump
says 'is whole' "$(tail -n 8 backup.sql)" 'PostgreSQL database dump complete'
fact 'and the only file' "$(parts)" 0
sum=$(cksum <backup.sql)

# The database is killed in its midst. A slow reader keeps the dump from being through at once.
sql 'CREATE TABLE big AS SELECT heap.* FROM heap, generate_series(1, 10)' >/dev/null
guard_in_background --yes --output backup.sql -- $dump
under_way part_grows '.*.part' +100k
docker kill "$project-db-1" >/dev/null
ended
[ "$code" != 0 ]
fact 'a database killed in its midst is no success' "$?" 0
fact 'and the old backup stands' "$(cksum <backup.sql)" "$sum"
start_stack
guard_in_background --yes --output backup.sql -- \
  docker compose exec -T db pg_dump -U postgres -Fc -Z0 app
under_way part_grows '.*.part' +100k
docker kill "$project-db-1" >/dev/null
ended
[ "$code" != 0 ]
fact 'nor in the midst of an archive' "$?" 0
fact 'and the old backup stands, again' "$(cksum <backup.sql)" "$sum"
start_stack

# guard is killed: the file beside is left, and recover removes it.
guard_in_background --yes --output backup.sql -- \
  docker compose exec -T db sh -c "pg_dump -U postgres app; $held"
under_way part_grows '.*.part' +100k
kill -9 "$guard_pid"
ended
fact 'guard killed: the old backup stands' "$(cksum <backup.sql)" "$sum"
guarded 'recover leaves a dump alone that is still at work' 105 recover --yes
fact 'with what it writes' "$(parts)" 1
release "$project-db-1"
within 300 sh -c "\"$program\" guard recover --yes >/dev/null"
fact 'and recovers once it is through' "$?" 0
fact 'takes away what nobody has verified' "$(parts)" 0
fact 'and only that' "$(cksum <backup.sql)" "$sum"

# A full disk.
if [ "$(id -u)" = 0 ] && mkdir "$work/full" && mount -t tmpfs -o size=2m tmpfs "$work/full" \
  2>/dev/null; then
  echo old >"$work/full/backup.sql"
  guard --yes --output "$work/full/backup.sql" -- $dump
  [ "$code" != 0 ]
  fact 'a full disk is no success' "$?" 0
  fact 'and the old backup stands there' "$(cat "$work/full/backup.sql")" old
  umount "$work/full"
fi

printf 'guard:\n  writers: worker\n' >.composelint.yaml
# Writers are resumed on every way out.
for how in 'true' 'exit 5'; do
  guard $allow --pause-writers -- docker compose run --rm app sh -c "$how"
  fact "the worker goes on after: $how" "$(state_of worker)" running
done
# Nobody writes between the dump and what comes after it.
cat >>.composelint.yaml <<EOF
  backups: [{file: taken-*.sql, service: db, command: $dump}]
EOF
compose run --rm -T app migrate </dev/null >/dev/null 2>&1
the_worker_writes() { [ "$(sql 'SELECT count(*) FROM ticks')" -gt 5 ]; }
under_way the_worker_writes
guard --backup --pause-writers --yes -- docker compose exec -T app sh -c \
  'migrate >/dev/null; psql -qAtX -c "SELECT count(*) FROM ticks"'
fact 'a backup with writers paused' "$code" 0
after=$(tail -n 1 "$work/out")
fact 'holds all that they wrote' "$(sed -n '/^COPY public.ticks /,/^\\\.$/p' taken-*.sql |
  sed '1d;$d' | wc -l)" "$after"
fact 'and they go on' "$(state_of worker)" running
sum=$(cksum taken-*.sql)
guard_in_background --backup --pause-writers --yes -- docker compose exec -T app migrate
under_way part_grows '.taken*.part' +100k
kill -INT "$guard_pid"
ended
fact 'told to end during the backup' "$code" 130
fact 'the old one stands alone' "$(cksum taken-*.sql)" "$sum"
fact 'with nothing beside it' "$(parts)" 0
fact 'and the worker runs' "$(state_of worker)" running
printf 'guard:\n  writers: worker\n' >.composelint.yaml
guard_in_background $allow --pause-writers -- docker compose run --rm app migrate --slowly 60
under_way a_task_runs
fact 'meanwhile it does not write' "$(state_of worker | grep -c running)" 0
kill -TERM "$guard_pid"
ended
fact 'told to end, it is resumed' "$(state_of worker)" running
guard_in_background $allow --pause-writers -- docker compose run --rm app sh -c "$held; migrate"
under_way a_task_runs
kill -9 "$guard_pid"
ended
release "$(one_off)"
under_way no_task_runs
guarded 'killed, recover' 0 recover --yes
fact 'resumes it' "$(state_of worker)" running
fact 'nothing is left of all this' "$(one_offs)" 0
finish

#!/bin/sh
# A whole deploy script under guard, and the careless one blocked at the right step.
. "$(dirname "$0")/lib.sh"
make_stack
start_stack

cat >careless.sh <<'EOF'
#!/bin/sh
set -e
docker compose ps >/dev/null
echo 'step: migrate'
docker compose run --rm app migrate
echo 'step: up'
docker compose up -d --wait
EOF
guarded 'without a backup the migration is not begun' 100 --yes careless.sh
fact 'it came as far as the migration' "$(cat "$work/out")" 'step: migrate'
says 'and was told why' "$(cat "$work/err")" backup
fact 'nothing was applied' "$(sql "SELECT to_regclass('migrations') IS NULL")" t

cat >deploy.sh <<'EOF'
#!/bin/bash
set -euo pipefail
cd "$(dirname "$0")"
docker compose config -q
docker compose ps
docker compose pull -q --policy missing
mkdir -p backups
docker compose exec -T db pg_dump -U postgres app > backups/before.sql
tail -n 10 backups/before.sql | grep -q 'PostgreSQL database dump complete'
docker compose pause worker
docker compose run --rm app migrate
docker compose unpause worker
docker compose up -d --wait
docker compose ps --format '{{.Service}} {{.Health}}'
docker compose logs --since 1m app | { ! grep -i error; }
EOF
chmod +x deploy.sh
guarded 'the careful one goes through' 0 --yes ./deploy.sh
fact 'the schema is there' "$(sql 'SELECT count(*) FROM migrations')" 2
fact 'the worker works again' "$(state_of worker)" running
says 'the backup is whole' "$(tail -n 10 backups/before.sql)" 'dump complete'
says 'the journal has the dump' "$(cat "$journal")" "$work/project/backups/before.sql"

# The dump of this session is broken: it is no evidence.
echo 'CREATE TABLE third (id int);' >migrations/0003_third.sql
sed -i 's/> backups.before.sql/> backups\/before.sql; printf cut > backups\/before.sql/; /^tail/d' deploy.sh
guarded 'a dump that is no longer whole proves nothing' 100 --yes ./deploy.sh
fact 'and nothing more was applied' "$(sql 'SELECT count(*) FROM migrations')" 2

# Through a pipeline into a file whose name only the shell knows: the file at its end is what counts.
cat >piped.sh <<'EOS'
#!/bin/bash
set -euo pipefail
name=backups/$(date +%Y)-piped.sql.gz
docker compose exec -T db pg_dump -U postgres app | gzip -c > "$name"
: "damage"
docker compose stop worker
docker compose run --rm app migrate
docker compose start worker
EOS
sed 's/^: "damage"/printf x | dd of="$name" bs=1 seek=40 conv=notrunc 2>\/dev\/null/' piped.sh >damaged.sh
guarded 'a dump that is damaged behind its pipe proves nothing' 100 --yes damaged.sh
fact 'and nothing more was applied, again' "$(sql 'SELECT count(*) FROM migrations')" 2
start_stack worker
guarded 'a whole one does' 0 --yes piped.sh
fact 'so the migration is run' "$(sql 'SELECT count(*) FROM migrations')" 3
says 'and the journal has the name of its file' "$(cat "$journal")" 'piped.sql.gz"'
fact 'no session is left' "$(sessions_left)" 0
finish

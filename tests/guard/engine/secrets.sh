#!/bin/sh
# Nothing that guard prints or writes down holds a secret of environment, env files or argv: of what
# runs, and of what is asked about it later. secrets_shown.sh has what is only shown.
. "$(dirname "$0")/lib.sh"
. "$engine_here/canaries.sh"

for format in text json; do
  show --format $format --dry-run --verbose -- docker compose run --rm \
    -e "API_TOKEN=canary-argv-$$" app migrate
  show --format $format $allow --verbose -- docker compose run --rm \
    -e "API_TOKEN=canary-argv-$$" app sh -c 'echo "$PGPASSWORD" >/dev/null; exit 4'
  show --format $format $allow -- docker compose exec -T -e "PGPASSWORD=canary-exec-$$" app \
    psql "postgresql://postgres:canary-url-$$@db/app" -c 'SELECT 1'
  show --format $format $allow -- docker compose run --rm app migrate
done
# A service that logs its secret, with a sequence that would write to the terminal's title.
compose exec -T app sh -c 'printf "ERROR \033]0;owned\007 password=%s\n" "$PGPASSWORD" >/proc/1/fd/1' \
  </dev/null 2>/dev/null
show --verbose $allow -- docker compose run --rm app sh -c 'exit 0'
DB_PASSWORD="canary-other-$$" show --verbose $allow -- docker compose run --rm app migrate
# Some of them to their end, and so into the journal.
show $allow -- docker compose exec -T db psql -U postgres -c "CREATE ROLE y PASSWORD 'canary-role-$$'"
show $allow -- $exec_app redis-cli -a "canary-redis-$$" FLUSHALL
show $allow -- $exec_app curl -u "admin:canary-curl-$$" -X DELETE http://x/
show $allow -- docker compose run --rm -Te "K=canary-cluster-$$" app migrate
show $allow -- docker compose exec "-TeK=canary-attached-$$" app migrate
show $allow -- $exec_app sh -c "echo 'u:canary-chpasswd-$$' | chpasswd; vault login canary-vaultlogin-$$; migrate"
show $allow -- env "DB_PASS=canary-pass-$$" docker compose run --rm app migrate
show $allow -- $exec_app migrate --dsn "u:canary-godsn-$$@tcp(db:3306)/app"
show $allow -- $exec_app migrate "Server=db;Pwd=canary-pwd-$$;"
show $allow -- $exec_app migrate "Server=db;Password=canary-password-$$;"
# What the task logs of files that hold secrets.
show $allow -- $exec_app sh -c \
  'set -e; migrate; echo "ERROR $(cat /run/secrets/pw /run/secrets/own) $SECRET_KEY" >/proc/1/fd/1'
# The same written otherwise: in base64, with what stands around it, and as addresses have it.
show $allow -- $exec_app sh -c "migrate; echo 'ERROR Basic $in_base64 $in_address' >/proc/1/fd/1"
# Where its output goes.
"$program" guard $allow -- docker compose exec -T db pg_dump -U postgres app \
  >"canary-database-$$.sql" 2>>"$work/everything" </dev/null
show --yes --output "canary-database-$$.sql" -- docker compose exec -T db pg_dump -U postgres app
fact 'a file whose name is a secret is not written to' "$code" 2
# A line of .env that Compose quotes.
cp .env .env.whole
echo "BROKEN canary-envline-$$ \"x" >>.env
for format in text json; do
  show --format $format $allow -- $exec_app migrate
  show --format $format --dry-run -- $exec_app migrate
  show recover --yes --format $format
done
cp .env.whole .env
echo "BROKEN=\${NOT_SET:?canary-text-$$}" >>.env
for format in text json; do
  show --format $format --dry-run -- $exec_app migrate
done
mv .env.whole .env
guard_in_background $allow -- docker compose run --rm -e "K=canary-killed-$$" app sh -c "$held; migrate"
under_way a_task_runs
kill -9 "$guard_pid"
ended
show status
show status --format json
show unlock
# Who looks later knows none of the secrets: what they show was masked as it was written.
mv .env .env.whole
(
  unset DB_PASSWORD APP_TOKEN OWN_PW AWS_SECRET_ACCESS_KEY
  cd /
  for format in text json; do
    show status --format $format
    show history --format $format
    show recover --format $format
  done
)
mv .env.whole .env
release "$(one_off)"
under_way no_task_runs
show recover --yes --format json
show history
show status
show history --format json
fact 'no escape sequence of a log came through' \
  "$(grep -c "$(printf '\033]')" "$work/everything")" 0
for file in "$XDG_STATE_HOME"/composelint/*; do cat "$file" >>"$work/everything" 2>/dev/null; done
no_canary

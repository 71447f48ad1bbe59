#!/bin/sh
# Nothing that guard prints or writes down holds a secret of environment, env files or argv.
. "$(dirname "$0")/lib.sh"
make_stack
cat >.composelint.yaml <<EOF
guard:
  environments:
    - name: production
      projects: $project
EOF
printf 'secrets: {pw: {file: ./pw.txt}, own: {environment: OWN_PW}}\n' >>compose.yaml
echo "canary-secretfile-$$" >pw.txt
export OWN_PW="canary-variable-$$"
sed -i 's/    command: serve/    command: serve\n    secrets: [pw, own]/' compose.yaml
start_stack
allow='--yes --attest backup-taken=tried-by-hand --attest writers-paused=none-here'
export AWS_SECRET_ACCESS_KEY="canary-cloud-$$"
show() { guard "$@"; }

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
# Each way by which a program is told a secret: what it would be, and what has become of it.
each() {
  show --dry-run --verbose -- "$@"
  show --dry-run --format json -- "$@"
}
exec_app='docker compose exec -T app'
each $exec_app psql -c "ALTER USER x WITH PASSWORD 'canary-sql-$$'"
each docker compose exec -T db psql -U postgres -c "CREATE ROLE y PASSWORD 'canary-role-$$'"
each $exec_app mysql -e "CREATE USER x IDENTIFIED BY 'canary-identified-$$'"
each $exec_app redis-cli -a "canary-redis-$$" FLUSHALL
each $exec_app curl -u "admin:canary-curl-$$" -X DELETE http://x/
each $exec_app curl -H "Cookie: session=canary-cookie-$$" -X POST http://x/
each $exec_app curl -H "Authorization: Basic canary-basic-$$" -X POST http://x/
each $exec_app mysql -p "canary-p-$$"
each $exec_app mongosh -p "canary-mongo-$$"
each docker compose run --rm app sh -c "mysql -pcanary-joined-$$ -e 'drop database x'"
each docker compose run --rm app sh -c "DB_PASS=canary-inner-$$ false"
each docker compose exec -T "--env=K=canary-long-$$" app migrate
for option in --pass --token --api-key --secret --password; do
  each docker compose run --rm app migrate $option "canary-option-$$"
  each docker compose run --rm app migrate "$option=canary-option-$$"
done
# Tools that take it without saying so: by place, by letter, by input.
each $exec_app keytool -storepass "canary-keystore-$$" -list
each $exec_app sqlplus "u/canary-oracle-$$@db"
each $exec_app htpasswd -b f u "canary-htpasswd-$$"
each $exec_app vault write x "value=canary-vault-$$"
each $exec_app sh -c "echo canary-login-$$ | docker login -u x --password-stdin; openssl enc -k canary-k-$$
  mc alias set x http://x KEY canary-mc-$$; aws configure set aws_secret_access_key canary-aws-$$
  influx delete -t canary-influx-$$; smbclient -U u%canary-smb-$$ x; vault login canary-vaultlogin-$$
  npm config set //registry/:_authToken canary-npm-$$; zip -P canary-zip-$$ x; migrate"
each $exec_app sh -c "echo 'u:canary-chpasswd-$$' | chpasswd; sshpass -p canary-sshpass-$$ migrate"
show $allow -- $exec_app sh -c "echo 'u:canary-chpasswd-$$' | chpasswd; vault login canary-vaultlogin-$$; migrate"
each docker compose build --build-arg "X=canary-buildarg-$$" worker
# Some of them to their end, and so into the journal.
show $allow -- docker compose exec -T db psql -U postgres -c "CREATE ROLE y PASSWORD 'canary-role-$$'"
show $allow -- $exec_app redis-cli -a "canary-redis-$$" FLUSHALL
show $allow -- $exec_app curl -u "admin:canary-curl-$$" -X DELETE http://x/
show $allow -- docker compose run --rm -Te "K=canary-cluster-$$" app migrate
show $allow -- docker compose exec "-TeK=canary-attached-$$" app migrate
show $allow -- env "DB_PASS=canary-pass-$$" docker compose run --rm app migrate
show $allow -- $exec_app migrate --dsn "u:canary-godsn-$$@tcp(db:3306)/app"
show $allow -- $exec_app migrate "Server=db;Pwd=canary-pwd-$$;"
show $allow -- $exec_app migrate "Server=db;Password=canary-password-$$;"
# What the task logs of files that hold secrets.
show $allow -- $exec_app sh -c \
  'set -e; migrate; echo "ERROR $(cat /run/secrets/pw /run/secrets/own) $SECRET_KEY" >/proc/1/fd/1'
# The same written otherwise: in base64, with what stands around it, and as addresses have it.
in_base64=$(printf 'app:canary-database-%s' $$ | base64)
in_address="canary%2Ddatabase%2D$$"
each $exec_app curl -X POST "http://x/?key=$in_address"
show $allow -- $exec_app sh -c "migrate; echo 'ERROR Basic $in_base64 $in_address' >/proc/1/fd/1"
# Lines of a script that are shown, as they hold an error.
cat >leaky.sh <<EOF
#!/bin/sh
docker compose down -v; mysql -pcanary-line-$$ -e 'drop database x'
docker compose down -v && vault login canary-shown-$$
EOF
show --dry-run leaky.sh
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
guard_in_background $allow -- docker compose run --rm -e "K=canary-killed-$$" app migrate --slowly 5
within 20 a_task_runs
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
within 20 no_task_runs
show recover --yes --format json
show history
show status
show history --format json
fact 'no escape sequence of a log came through' \
  "$(grep -c "$(printf '\033]')" "$work/everything")" 0
for file in "$XDG_STATE_HOME"/composelint/*; do cat "$file" >>"$work/everything" 2>/dev/null; done
fact 'nor a secret in base64' "$(grep -c "${in_base64%????}" "$work/everything")" 0
fact 'nor one as addresses have it' "$(grep -ci "$in_address" "$work/everything")" 0
[ "$(wc -c <"$work/everything")" -gt 1000 ]
fact 'much was said' "$?" 0
finish

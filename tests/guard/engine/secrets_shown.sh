#!/bin/sh
# What guard shows of a call before it runs holds none of the secrets that it takes: one for each way
# by which programs are told one.
. "$(dirname "$0")/lib.sh"
. "$engine_here/canaries.sh"

# Each way by which a program is told a secret: what it would be, and what has become of it.
each() {
  show --dry-run --verbose -- "$@"
  show --dry-run --format json -- "$@"
}
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
each docker compose build --build-arg "X=canary-buildarg-$$" worker
each $exec_app curl -X POST "http://x/?key=$in_address"
# Lines of a script that are shown, as they hold an error.
cat >leaky.sh <<EOF
#!/bin/sh
docker compose down -v; mysql -pcanary-line-$$ -e 'drop database x'
docker compose down -v && vault login canary-shown-$$
EOF
show --dry-run leaky.sh
no_canary

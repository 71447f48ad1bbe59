#!/bin/sh
# As the official image has it: a first server on the socket alone sets the database up, then the
# real one starts.
set -e
bin=/usr/lib/postgresql/15/bin
if [ "${1:-postgres}" != postgres ]; then exec "$@"; fi
if [ "$(id -u)" = 0 ]; then
  mkdir -p "$PGDATA" /var/run/postgresql
  chown postgres: "$PGDATA" /var/run/postgresql
  chmod 700 "$PGDATA"
  # By its path: busybox would take its own, which knows less.
  exec /usr/bin/setpriv --reuid=postgres --regid=postgres --clear-groups "$0" "$@"
fi
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  printf '%s\n' "${POSTGRES_PASSWORD:?}" >/tmp/password
  "$bin/initdb" -D "$PGDATA" -U postgres -A scram-sha-256 --pwfile=/tmp/password \
    --auth-local=trust --no-sync --no-locale -E UTF8 >/dev/null
  rm /tmp/password
  echo 'host all all all scram-sha-256' >>"$PGDATA/pg_hba.conf"
  "$bin/pg_ctl" -D "$PGDATA" -o "-c listen_addresses=''" -w start >/dev/null
  "$bin/psql" -U postgres -d postgres -c "CREATE DATABASE \"${POSTGRES_DB:-app}\"" >/dev/null
  "$bin/pg_ctl" -D "$PGDATA" -m fast -w stop >/dev/null
fi
exec "$bin/postgres" -D "$PGDATA" -c listen_addresses='*' -c jit=off

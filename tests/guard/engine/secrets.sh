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
show history
show status
show history --format json
fact 'no escape sequence of a log came through' \
  "$(grep -c "$(printf '\033]')" "$work/everything")" 0
for file in "$XDG_STATE_HOME"/composelint/*; do cat "$file" >>"$work/everything" 2>/dev/null; done
[ "$(wc -c <"$work/everything")" -gt 1000 ]
fact 'much was said' "$?" 0
finish

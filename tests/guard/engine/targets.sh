#!/bin/sh
# Promise 1 where the target is not the one container that is meant: a scaled service, one with
# nothing but a one-off, and the same service of another project.
. "$(dirname "$0")/lib.sh"
make_stack
start_stack db app
attested='--attest backup-taken=tried-by-hand --attest writers-paused=none-here'
allow="--yes $attested"
both() { cat "$work/out" "$work/err"; }
unhealthy() {
  docker exec "$1" rm -f /tmp/www/health
  under_way health_is unhealthy "$1"
}

# Two of a kind.
compose up -d --wait --no-recreate --scale app=2 db app >/dev/null 2>&1
fact 'there are two' "$(state_of app) $(docker inspect -f '{{.State.Status}}' "$project-app-2")" \
  'running running'
guarded 'which of two exec enters is asked' 100 $attested -- docker compose exec -T app migrate
says '  by their number' "$(both)" 'app has 2 containers'
says '  with the way to choose' "$(both)" '--index'
guarded 'one that is chosen is none to ask about' 0 $attested -- \
  docker compose exec -T --index 2 app sh -c 'echo 2 >/tmp/here'
fact '  and it is that one' "$(docker exec "$project-app-2" cat /tmp/here) $(docker exec \
  "$project-app-1" cat /tmp/here 2>/dev/null)" '2 '
guarded 'a number that is not there' 100 $allow -- docker compose exec -T --index 7 app migrate
says '  is said' "$(both)" 'no container of app has this number'
ill_after 'a task that makes one of two ill' "$project-app-2" $allow -- \
  docker compose exec -T --index 2 app rm /tmp/www/health
says '  is told by its name' "$(both)" "$project-app-2"
unhealthy "$project-app-2"
guarded 'to enter the ill one blocks' 100 $allow -- docker compose exec -T --index 2 app migrate
says '  by its health' "$(both)" "$project-app-2 is unhealthy"
compose up -d --wait --no-recreate --scale app=1 db app >/dev/null 2>&1

# A one-off is all there is of the service: exec would enter it.
compose rm -sf app >/dev/null 2>&1
compose run -d --name "$project-visitor" app sleep 600 >/dev/null 2>&1
guarded 'a one-off alone is no service' 100 $allow -- docker compose exec -T app migrate
says '  for that reason' "$(both)" "only a one-off container of app runs ($project-visitor)"
fact '  and nothing has run in it' "$(sql "SELECT to_regclass('migrations') IS NULL")" t
docker rm -f "$project-visitor" >/dev/null
guarded 'nor is nothing' 100 $allow -- docker compose exec -T app migrate
says '  for its own reason' "$(both)" 'no container of app is there'
start_stack db app

# Another project with the same services, healthy and in the same state.
mkdir "$work/other" && cp -R . "$work/other"
sed -i "s/^name:.*/name: \"$project-other\"/" "$work/other/compose.yaml"
theirs="docker compose -f $work/other/compose.yaml"
trap 'status=$?; $theirs down -v -t 0 >/dev/null 2>&1; (exit "$status"); clean_up' EXIT
$theirs up -d --wait db app >/dev/null 2>&1
theirs_now() {
  docker ps -a --filter "label=com.docker.compose.project=$project-other" --no-trunc \
    --format '{{.ID}} {{.State}}' | sort
  docker exec "$project-other-db-1" psql -qAtX -U postgres -d app -c '\dt' 2>&1
}
before=$(theirs_now)
compose rm -sf app >/dev/null 2>&1
guarded 'the app of another project is no target' 100 $allow -- docker compose exec -T app migrate
says '  as there is none here' "$(both)" 'no container of app is there'
start_stack db app
guarded 'beside another project a task goes to its own' 0 $allow -- docker compose exec -T app migrate
fact '  and is applied here' "$(sql 'SELECT count(*) FROM migrations')" 2
fact '  and the other is as it was' "$(theirs_now)" "$before"
guarded 'its name with the files of here' 100 $allow -- \
  docker compose -p "$project-other" exec -T app migrate
says '  is somebody else'"'"'s stack' "$(both)" project-is-live-from-here
fact '  which is as it was, still' "$(theirs_now)" "$before"
finish

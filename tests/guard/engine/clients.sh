#!/bin/sh
# Other ways to the same Compose: the plugin under its own name (standalone), and sudo in front.
. "$(dirname "$0")/lib.sh"
make_stack
start_stack db app
allow='--yes --attest backup-taken=tried-by-hand --attest writers-paused=none-here'

plugin=$(docker info --format '{{range .ClientInfo.Plugins}}{{if eq .Name "compose"}}{{.Path}}{{end}}{{end}}')
ln -s "$plugin" "$work/bin/docker-compose"
says 'the plugin runs by itself' "$(docker-compose version)" 'Docker Compose version'
guarded 'standalone: a task' 0 $allow -- docker-compose run --rm app true
guarded 'its own code' 42 $allow -- docker-compose run --rm app sh -c 'exit 42'
guarded 'that of exec' 43 $allow -- docker-compose exec -T app sh -c 'exit 43'
guarded 'a dump' 0 --yes --output standalone.sql -- docker-compose exec -T db pg_dump -U postgres app
says '  which is whole' "$(tail -n 8 standalone.sql)" 'dump complete'
docker kill "$project-db-1" >/dev/null
guarded 'what blocks' 100 --attest backup-taken=tried-by-hand -- docker-compose run --rm app migrate
start_stack db app
guard_in_background $allow -- docker-compose run --rm app sh -c "$held; exit 7"
under_way a_task_runs
kill -9 "$(client_of "$guard_pid")"
release "$(one_off)"
ended
fact 'a killed client is not the end of the task, here neither' "$code" 7
rm standalone.sql # it would be a backup
printf 'set -e\ndocker-compose run --rm app migrate\necho went-on\n' >script.sh
guarded 'in a script it comes by, too' 100 --yes script.sh
fact '  and is not run' "$(grep -c went-on "$work/out")$(sql "SELECT to_regclass('migrations') IS NULL")" 0t
rm "$work/bin/docker-compose"

# A sudo that wants a password unless it has been given a little before, as the real one does.
cat >"$work/bin/sudo" <<EOF
#!/bin/sh
echo "\$*" >>"$work/sudo-calls"
while :; do
  case \$1 in
    -n) silent=1 && shift ;;
    -v) ask=1 && shift ;;
    -E) shift ;;
    *) break ;;
  esac
done
if [ ! -e "$work/ticket" ]; then
  if [ -n "\${silent-}" ] || ! [ -t 0 ]; then
    echo 'sudo: a password is required' >&2
    exit 1
  fi
  printf '[sudo] password: ' >/dev/tty && read -r word </dev/tty && [ "\$word" = sesame ] || exit 1
  : >"$work/ticket"
fi
[ -z "\${ask-}" ] || exit 0
exec "\$@"
EOF
chmod +x "$work/bin/sudo"
guarded 'sudo that wants a password, and no terminal' 103 $allow -- \
  sudo -E docker compose run --rm app true
says '  is said' "$(cat "$work/err")" 'sudo wants a password'
fact '  before anything else is asked' "$(wc -l <"$work/sudo-calls")" 1
mkfifo "$work/typed"
script -qfec \
  "\"$program\" guard $allow -- sudo -E docker compose run --rm app sh -c 'exit 5'; echo code=\$?" \
  /dev/null <"$work/typed" >"$work/shown" 2>&1 &
shown=$!
exec 9>"$work/typed"
under_way grep -q 'password:' "$work/shown"
echo sesame >&9
under_way grep -q code= "$work/shown"
exec 9>&-
kill "$shown" 2>/dev/null
says 'at a terminal it is asked' "$(cat "$work/shown")" code=5
fact '  once' "$(grep -c 'password:' "$work/shown")" 1
guarded 'with a ticket there is no question' 0 $allow -- sudo -E docker compose run --rm app true
finish

#!/bin/sh
# `--format json`: one document at every end, with the code's name and the reason.
. "$(dirname "$0")/lib.sh"
command -v python3 >/dev/null || skip 'no python3, which reads the documents'
make_stack
start_stack db app
allow='--yes --attest backup-taken=tried-by-hand --attest writers-paused=none-here'
task='docker compose exec -T app'

# document WHAT CODE EXIT STREAM ARGUMENT...: all of the stream is one document that says so.
document() {
  what=$1 expected=$2 exit=$3 stream=$4
  shift 4
  guard "$@"
  fact "$what" "$code" "$expected"
  fact '  in one document' "$(python3 -c 'import json, sys
d = json.load(open(sys.argv[1]))
print(d["exit_code"], d["exit"], bool(d["reason"]) or d["exit"] in ("ok", "task"))' \
    "$work/$stream" 2>&1 | tail -n 1)" "$expected $exit True"
}
document 'a task' 0 ok err $allow --format json -- $task true x
document 'a failed task' 7 task err $allow --format json -- $task sh -c 'exit 7'
document 'a plan' 0 ok out --format json --dry-run $allow -- $task migrate
document 'a plan that blocks' 100 blocked out --format json --dry-run -- $task migrate
document 'blocked' 100 blocked err --format json --yes -- $task migrate
document 'wrong usage' 2 trouble err --format json --nonsense -- $task migrate
document 'no command' 2 trouble err --format json --
document 'a shell text' 2 trouble err --format json -- sh -c 'docker compose up -d'
document 'what only looks' 0 ok out --format json --dry-run -- docker compose ps
document 'a script that is not there' 2 trouble err --format json ./no-such-script.sh
document 'status' 0 ok out status --format json
document 'history' 0 ok out history --format json
document 'recover' 0 ok out recover --format json
document 'unlock' 0 ok out unlock --format json
DOCKER_HOST=unix:///nowhere document 'no engine' 103 no-engine err --format json $allow -- $task migrate
XDG_STATE_HOME=/proc/x document 'no journal' 104 no-journal err --format json $allow -- $task migrate
printf 'guard: {backups: [{file: "b-*.sql", service: db, command: docker compose exec -T db pg_dump -U nobody app}]}\n' \
  >.composelint.yaml
guard --format json --backup --yes --attest writers-paused=x -- $task migrate
fact 'a backup that fails' "$code" 100
says '  and why' "$(cat "$work/err")" '"reason": "the backup ended with'
rm .composelint.yaml
"$program" guard $allow -- $task sh -c "$held; migrate" >"$work/held" 2>&1 </dev/null &
under_way sh -c "'$program' guard unlock | grep -q held"
document 'locked' 102 locked err --format json $allow -- $task migrate
under_way sh -c "docker top $project-app-1 | grep -q /tmp/go"
release "$project-app-1"
wait
finish

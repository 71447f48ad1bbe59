#!/bin/sh
# Promise 2: what runs is what was shown, byte for byte, and of the configuration that was judged.
. "$(dirname "$0")/lib.sh"
make_stack
start_stack db app
allow='--yes --attest backup-taken=tried-by-hand'
write="printf '%s\n' \"\$#\" \"\$@\" >/tmp/argv; cat /tmp/argv"
newline='
'

guarded 'words arrive as they are' 0 $allow -- docker compose exec -T app sh -c "$write" sh \
  'a b' '' '*' '$HOME' '`id`' "it's" '"' '\' "two${newline}lines" '-x' '--' ';' '&&' "$(printf '\377')"
docker exec "$project-app-1" cat /tmp/argv >"$work/through"
docker compose exec -T app sh -c "$write" sh \
  'a b' '' '*' '$HOME' '`id`' "it's" '"' '\' "two${newline}lines" '-x' '--' ';' '&&' "$(printf '\377')" \
  </dev/null >"$work/plain" 2>/dev/null
cmp "$work/plain" "$work/through"
fact 'byte for byte' "$?" 0

# Changed between decision and start: asked at a terminal, somebody edits while the answer is out.
cat >.composelint.yaml <<EOF
guard:
  environments:
    - name: production
      projects: $project
      confirm: question
EOF
mkfifo "$work/typed"
cat >"$work/ask" <<EOF
"$program" guard --attest backup-taken=tried --attest writers-paused=none -- docker compose run app migrate
echo "code \$?"
EOF
script -qec "sh $work/ask" /dev/null <"$work/typed" >"$work/shown" 2>&1 &
asked=$!
exec 9>"$work/typed"
if within 120 grep -q '\[y/N\]\|(y/N)\|yes' "$work/shown"; then
  sed -i 's/PGCONNECT_TIMEOUT: 5/PGCONNECT_TIMEOUT: 6/' compose.yaml
  printf 'y\n' >&9
fi
exec 9>&-
wait "$asked"
says 'a file that changes behind the question blocks' "$(cat "$work/shown")" 'code 100'
says '  for that reason' "$(cat "$work/shown")" 'the configuration has changed'
fact 'and the stack stands' "$(state_of app)" running
finish

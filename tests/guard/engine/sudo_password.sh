#!/bin/sh
# A real sudo that wants a password, for a user of the test's own: it is asked for once, at a
# terminal, and nothing hangs where that cannot be.
. "$(dirname "$0")/lib.sh"
# It makes a user and a rule of sudo, and takes them away again.
if [ "$(id -u)" != 0 ] || ! command -v sudo >/dev/null || ! command -v useradd >/dev/null; then
  echo 'not tried: this needs root, sudo and useradd'
  exit 0
fi
make_stack
start_stack db app

user=composelint-$$
password=canary-password-$$
rule=/etc/sudoers.d/composelint-test-$$
forget_user() {
  rm -f "$rule"
  userdel -rf "$user" >/dev/null 2>&1
}
trap 'status=$?; forget_user; (exit "$status"); clean_up' EXIT
useradd -m "$user" && echo "$user:$password" | chpasswd || skip 'no user can be made here'
# allow LINE: what sudo lets the user do; `Defaults` that hold for that user.
allow() {
  printf 'Defaults:%s env_keep += "DOCKER_CONFIG DOCKER_HOST"\nDefaults:%s %s\n%s ALL=(root) ALL\n' \
    "$user" "$user" "$1" "$user" >"$rule"
  chmod 440 "$rule"
}
allow 'timestamp_timeout=5'
cp "$program" "$work/bin/composelint"
chmod 755 "$work" "$work/bin" "$work/project"
home=$(getent passwd "$user" | cut -d: -f6)
work_of="docker compose exec -T app sh -c 'touch /tmp/by-sudo; exit 5'"
cat >"$work/as-user.sh" <<EOF
cd "$work/project"
export HOME="$home" PATH="$(dirname "$DOCKER"):/usr/bin:/bin"
unset XDG_STATE_HOME TMPDIR DB_PASSWORD APP_TOKEN
"$work/bin/composelint" guard --yes "\$@"
echo "code=\$?"
EOF
as_user() { setpriv --reuid "$user" --regid "$user" --init-groups sh "$work/as-user.sh" "$@"; }
printf 'sudo %s\nsudo %s\nsudo docker compose ps -q app\n' "$work_of" "$work_of" >script.sh
chmod -R a+rX .

echo_is_off() { stty -F "$(cat "$work/tty")" -a | grep -q -- '-echo '; }
# at_password WHAT GUARD-ARGUMENTS TYPED…: a terminal at which each of TYPED is given to one question
# for a password. What it shows is in $work/shown.
at_password() {
  arguments=$1
  shift
  rm -f "$work/typed" && mkfifo "$work/typed"
  : >"$work/shown"
  printf 'tty >%s/tty; exec setpriv --reuid %s --regid %s --init-groups sh %s %s\n' "$work" \
    "$user" "$user" "$work/as-user.sh" "$arguments" >"$work/terminal.sh"
  env --default-signal=INT,QUIT script -qfec "sh $work/terminal.sh" /dev/null \
    <"$work/typed" >"$work/shown" 2>&1 &
  terminal=$!
  exec 9>"$work/typed"
  asked=0
  for each in "$@"; do
    asked=$((asked + 1))
    under_way sh -c "[ \$(grep -o 'password for' $work/shown | wc -l) -ge $asked ]"
    under_way echo_is_off
    printf '%b' "$each" >&9
  done
  within 120 sh -c "! kill -0 $terminal 2>/dev/null || grep -q 'code=' $work/shown"
  fact "at a terminal, $arguments: it does not hang" "$?" 0
  exec 9>&-
  kill "$terminal" 2>/dev/null
  wait "$terminal" 2>/dev/null
  cat "$work/shown" >>"$work/everything"
}
questions() { grep -o 'password for' "$work/shown" | wc -l; }
entered() { docker exec "$project-app-1" sh -c 'ls /tmp/by-sudo 2>/dev/null; rm -f /tmp/by-sudo'; }

setsid setpriv --reuid "$user" --regid "$user" --init-groups sh "$work/as-user.sh" -- \
  sudo docker compose exec -T app touch /tmp/by-sudo >"$work/out" 2>&1 </dev/null
says 'without a terminal it is refused' "$(cat "$work/out")" code=103
says '  with the reason' "$(cat "$work/out")" 'sudo wants a password'
fact '  and nothing is run' "$(entered)" ''

at_password "-- sudo $work_of" 'wrong\n' "$password\n"
says 'at one it is run' "$(cat "$work/shown")" code=5
fact '  with one question, and one more behind a wrong answer' "$(questions)" 2
fact '  in the container' "$(entered)" /tmp/by-sudo

rm -rf /run/sudo/ts/"$user"
at_password script.sh "$password\n"
says 'a script with sudo in three steps' "$(cat "$work/shown")" code=0
fact '  is one question' "$(questions)" 1
fact '  and its steps are run' "$(entered)" /tmp/by-sudo

rm -rf /run/sudo/ts/"$user"
at_password "-- sudo $work_of" '\003'
fact '^C at the question: nothing is run' "$(entered)" ''

# Each call is asked for anew: guard cannot ask its questions, and says so.
allow 'timestamp_timeout=0'
at_password "-- sudo $work_of" "$password\n"
says 'a password for each call is too many' "$(cat "$work/shown")" code=103
fact '  and nothing is run' "$(entered)" ''

cat "$home/.local/state/composelint/journal.jsonl" >>"$work/everything"
finish

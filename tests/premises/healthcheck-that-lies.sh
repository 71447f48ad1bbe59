#!/bin/sh
. "$(dirname "$0")/lib.sh"
# once NAME TEST: a service that is asked once, and fails by the first answer.
once() {
  cat <<EOF
  $1:
    image: $image
    init: true
    healthcheck: {test: $2, interval: 1s, timeout: 20s, retries: 1, start_period: 0s}
EOF
}
{
  echo 'services:'
  once absent '["CMD", "curl", "-f", "http://127.0.0.1"]'
  once absent-in-shell '["CMD-SHELL", "curl -f http://127.0.0.1 || exit 1"]'
  once covered '["CMD-SHELL", "curl -f http://127.0.0.1 || true"]'
  once text-as-program '["CMD", "test -d tmp"]'
  once operator '["CMD", "test", "-d", "/tmp", "||", "exit", "1"]'
  once first-word '["CMD-SHELL", "test", "-d", "/absent"]'
  once shell '["CMD-SHELL", "test -d /tmp || exit 1"]'
  once words '["CMD", "test", "-d", "/tmp"]'
} >compose.yaml
compose up -d >/dev/null 2>&1
answer() {
  waited=0
  while [ "$waited" -lt 180 ]; do
    health=$(docker inspect --format '{{.State.Health.Status}}' "$(compose ps -aq "$1")")
    [ "$health" = starting ] || break
    waited=$((waited + 1))
    sleep 1
  done
  fact "$2" "$health" "$3"
}
answer absent 'CMD with a program that the image has not' unhealthy
answer absent-in-shell 'CMD-SHELL with one' unhealthy
answer covered 'nothing of it shows behind || true' healthy
answer text-as-program 'CMD with a text for a shell: no program is called so' unhealthy
answer operator 'CMD hands || and exit to the program' unhealthy
answer first-word 'CMD-SHELL runs its first word alone: test without arguments fails' unhealthy
answer shell 'CMD-SHELL with one text' healthy
answer words 'CMD with the program and its words' healthy
text=$(docker inspect --format '{{range .State.Health.Log}}{{.Output}}{{end}}' \
  "$(compose ps -aq text-as-program)")
says 'the log of the check says so' "$text" 'executable file not found'
conclude

# Sourced by the premise tests: one scratch project on a real engine.
#
# A test is named after the rule whose premise it proves. It runs compose as a script would, through
# the command `compose` (the current line) or `compose_v1` (1.29), so that terminals, pipes and
# heredocs are the real ones.
set -u
slug=$(basename "$0" .sh)
here=${premises_here-$(cd "$(dirname "$0")" && pwd)}
export COMPOSELINT_ENGINE_DIR="${COMPOSELINT_ENGINE_DIR-$here/../../build/engine}"
. "$here/client.sh"
. "$here/../facts.sh"

image=composelint-test/busybox
make_image() {
  "$DOCKER" image inspect "$image" >/dev/null 2>&1 && return 0
  tree=$work/image
  mkdir -p "$tree/bin" "$tree/tmp" "$tree/etc" && cp "$(command -v busybox)" "$tree/bin/busybox"
  for applet in $(busybox --list); do
    [ "$applet" = busybox ] || ln -s busybox "$tree/bin/$applet"
  done
  tar -C "$tree" -c . |
    "$DOCKER" import --change 'CMD ["sleep","600"]' --change 'ENV PATH=/bin' - "$image" >/dev/null
}

clean_up() {
  status=$?
  cd /
  compose --profile '*' down -v --remove-orphans -t 0 >/dev/null 2>&1
  for volume in $external_volumes; do "$DOCKER" volume rm -f "$volume" >/dev/null 2>&1; done
  rm -rf "$work"
  exit "$status"
}

# A command of that name, not a function: `script` and `sh -c` have to find it. In the foreground,
# because a background process group may not read the terminal.
put_command() {
  printf '#!/bin/sh\nexec timeout --foreground -k 5 600 %s "$@"\n' "$2" >"$work/bin/$1"
  chmod +x "$work/bin/$1"
}

find_client || skip 'no Docker Compose 2.40 or later; ./dev test fetches one'
engine_answers || skip "no engine answers at $DOCKER_HOST; ./dev test starts one"
command -v busybox >/dev/null || skip 'no busybox to make an image of (busybox-static)'
command -v script >/dev/null || skip 'no script(1) to make a terminal with (bsdutils)'

external_volumes=
work=$(mktemp -d)
project=composelint-$slug-$$
mkdir -p "$work/bin" "$work/project"
put_command compose "$DOCKER compose -f $work/project/compose.yaml -p $project"
put_command docker "$DOCKER"
export PATH="$work/bin:$PATH"
trap clean_up EXIT
trap 'exit 130' INT TERM
make_image || skip 'the test image could not be made'
cd "$work/project" || exit 1

need_v1() {
  case "$(docker-compose version --short 2>/dev/null)" in
    1.*) put_command compose_v1 "docker-compose -f $work/project/compose.yaml -p $project" ;;
    *) skip 'docker-compose is not 1.29 here; Debian 12 has it as docker-compose' ;;
  esac
}

# at_terminal COMMAND: output and exit code of a shell command whose input and output are a terminal.
# Nobody types: the keyboard is a pipe that never ends, because an end would be typed as well.
at_terminal() {
  [ -p "$work/keyboard" ] || mkfifo "$work/keyboard"
  script -qec "$1" /dev/null <>"$work/keyboard"
}

one_offs() {
  docker ps -aq --filter "label=com.docker.compose.project=$project" \
    --filter label=com.docker.compose.oneoff=True | wc -l
}

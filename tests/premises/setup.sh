#!/bin/sh
# What the premise tests need beyond packages: a recent Compose and a running engine.
#
#   setup.sh prepare   fetch the Compose plugin unless a recent one is there, and the oldest for guard
#   setup.sh start     start an engine unless one answers, and make the image of the tests of guard
#   setup.sh stop      stop the engine that `start` started
#
# Without them the premise tests skip themselves, so a failure here ends nothing on a developer's
# machine. Where CI=true it does.
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)
export COMPOSELINT_ENGINE_DIR="${COMPOSELINT_ENGINE_DIR-$root/build/engine}"
. "$root/tests/premises/client.sh"
. "$root/scripts/root.sh"
images_here=$root/tests/guard/engine
. "$images_here/images.sh"
pid_file=$COMPOSELINT_ENGINE_DIR/dockerd.pid

give_up() {
  echo "premises: $1" >&2
  [ "${CI-}" = true ] && exit 1
  exit 0
}

# Debian 12 has no Compose of the current line. Debian's unstable has one that needs nothing but
# libc, and Debian 13 one of the line that guard begins with. So they are fetched through apt, with
# apt's signatures, from the mirror this machine uses anyway, with lists of their own: neither suite
# ever becomes a source of this machine's packages.
# fetch_compose SUITE CONFIGURATION: its plugin into that directory.
fetch_compose() {
  suite=$1 config=$2
  work=$COMPOSELINT_ENGINE_DIR/apt
  codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
  mirror=$(apt-get indextargets --format '$(RELEASE) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' |
    awk -v codename="$codename" '$1 == codename && $2 == "main" { print $3; exit }')
  [ -n "$mirror" ] || return 1
  rm -rf "$work" && mkdir -p "$work/lists/partial" "$work/cache/archives/partial" || return 1
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main" \
    >"$work/suite.list"
  (
    cd "$work" || exit 1
    set -- -qq -o "APT::Sandbox::User=$(id -un)" -o Dir::Etc::SourceList="$work/suite.list" \
      -o Dir::Etc::SourceParts=/dev/null -o Dir::State::Lists="$work/lists" \
      -o Dir::Cache="$work/cache" -o Acquire::Languages=none
    apt-get "$@" update && apt-get "$@" download docker-compose && dpkg-deb -x docker-compose_*.deb x
  ) || return 1
  mkdir -p "$config/cli-plugins" &&
    mv "$work/x/usr/libexec/docker/cli-plugins/docker-compose" "$config/cli-plugins/docker-compose" &&
    rm -rf "$work"
}

prepare() {
  command -v docker >/dev/null 2>&1 || give_up 'there is no docker command here'
  if ! find_client; then
    command -v apt-get >/dev/null 2>&1 ||
      give_up 'no Docker Compose 2.40 or later, and no apt-get to get it'
    echo 'premises: fetching Docker Compose'
    fetch_compose sid "$COMPOSELINT_ENGINE_DIR/config" ||
      give_up 'Docker Compose could not be fetched from Debian'
    find_client || give_up 'the fetched Docker Compose does not start, or is older than 2.40'
  fi
  has_oldest && return 0
  command -v apt-get >/dev/null 2>&1 || give_up 'no Docker Compose 2.26, and no apt-get to get it'
  echo 'premises: fetching Docker Compose 2.26'
  fetch_compose trixie "$oldest_config" || give_up 'Docker Compose 2.26 could not be fetched from Debian'
  has_oldest || give_up 'the Docker Compose fetched from Debian 13 does not start, or is not 2.26'
}

start_engine() {
  engine_answers && return 0
  command -v dockerd >/dev/null 2>&1 || give_up "no engine answers at $DOCKER_HOST"
  mkdir -p "$COMPOSELINT_ENGINE_DIR"
  as_root setsid dockerd --pidfile "$pid_file" >"$COMPOSELINT_ENGINE_DIR/dockerd.log" 2>&1 \
    </dev/null &
  waited=0
  until engine_answers; do
    waited=$((waited + 1))
    if [ "$waited" -gt 180 ] || [ ! -d "/proc/$!" ]; then
      tail -n 20 "$COMPOSELINT_ENGINE_DIR/dockerd.log" >&2
      stop
      give_up 'dockerd did not come up; the end of its log is above'
    fi
    sleep 1
  done
  echo 'premises: started an engine for them'
}

start() {
  find_client || give_up 'no Docker Compose 2.40 or later; run ./dev test'
  start_engine
  make_postgres || give_up 'the PostgreSQL image could not be made of Debian packages'
}

stop() {
  [ -f "$pid_file" ] || return 0
  pid=$(cat "$pid_file")
  [ -d "/proc/$pid" ] || return 0
  as_root kill "$pid"
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
    [ -d "/proc/$pid" ] || return 0
    sleep 1
  done
  echo "premises: dockerd (pid $pid) is slow to stop" >&2
}

case "${1-}" in
  prepare | start | stop) "$1" ;;
  *) echo 'usage: setup.sh prepare|start|stop' >&2 && exit 2 ;;
esac

# Sourced by ./dev: the Debian packages of the build and of the tests, and how to get those missing.
. scripts/root.sh

build_packages='g++ cmake ninja-build ca-certificates libyaml-cpp-dev libfmt-dev nlohmann-json3-dev libcli11-dev zlib1g-dev'
# Node.js from elsewhere brings its own npm, and Debian's package would clash with it.
command -v npm >/dev/null 2>&1 || build_packages="$build_packages npm"

test_packages='git libgtest-dev pre-commit busybox-static'
# An engine that runs already is taken as it is.
if ! command -v dockerd >/dev/null 2>&1 && ! docker info >/dev/null 2>&1; then
  test_packages="$test_packages docker.io"
fi
# In Debian 12 this is Compose 1.29.2, the last of the old line: some premises are about it.
command -v docker-compose >/dev/null 2>&1 || test_packages="$test_packages docker-compose"

is_installed() {
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# install_missing PACKAGE...: silent and without root when all of them are there.
install_missing() {
  if ! command -v dpkg-query >/dev/null 2>&1; then
    echo 'dev: this is not Debian, so nothing is installed here; the build names what it misses'
    return 0
  fi
  missing=
  for package in "$@"; do
    is_installed "$package" || missing="$missing $package"
  done
  [ -n "$missing" ] || return 0
  echo "dev: installing$missing"
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends -o Dpkg::Use-Pty=0 $missing >/dev/null
}

# Sourced: as_root COMMAND..., and the folders of system programs on PATH, where Debian puts none of
# them for users.
PATH=$PATH:/usr/sbin:/sbin

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null 2>&1; then
    sudo "$@"
  else
    echo "this needs root, and there is no sudo. As root run:" >&2
    echo "  $*" >&2
    return 1
  fi
}

#!/bin/sh
# What pre-commit runs: `composelint check` on the staged files, with the arguments of the hook.
# pre-commit clones this repository without building it, so the program comes from elsewhere.
here=$(cd "$(dirname "$0")/.." && pwd)
for program in "${COMPOSELINT-}" "$(command -v composelint)" "$here/build/release/composelint"; do
  [ -x "$program" ] && exec "$program" check "$@"
done
cat >&2 <<EOF
composelint: the program is not installed, so nothing was checked.
Build it in a clone of this repository with
    ./dev demo
and put build/release/composelint on PATH, or name it in COMPOSELINT.
EOF
exit 2

# Sourced by the tests that are shell scripts: words to state facts with.

# Exit code 77 is a skip for ctest. A developer may lack an engine, the continuous build may not.
skip() {
  echo "SKIPPED: $1" >&2
  if [ "${CI-}" = true ]; then
    echo 'CI=true: what is needed must be there' >&2
    exit 1
  fi
  exit 77
}

failures=0
# fact WHAT ACTUAL EXPECTED
fact() {
  if [ "$2" = "$3" ]; then
    echo "holds: $1"
  else
    echo "FAILS: $1" >&2
    printf '  expected: %s\n  actual:   %s\n' "$3" "$2" >&2
    failures=$((failures + 1))
  fi
}

# says WHAT TEXT PART: PART stands somewhere in TEXT
says() {
  case $2 in
    *"$3"*) fact "$1" "$3" "$3" ;;
    *) fact "$1" "$2" "…$3…" ;;
  esac
}

conclude() {
  [ "$failures" = 0 ] || exit 1
}

# Sourced: which docker client and which engine the premises are tried on.
#
# The engine is the one behind the local socket, whatever DOCKER_HOST or the current context say: a
# test must never reach a stack that somebody runs. COMPOSELINT_ENGINE_DIR is where setup.sh keeps
# the plugin it fetched and the log of an engine it started.
: "${COMPOSELINT_ENGINE_DIR:?}"
unset DOCKER_CONTEXT DOCKER_TLS_VERIFY DOCKER_CERT_PATH
unset COMPOSE_FILE COMPOSE_PROJECT_NAME COMPOSE_PROFILES COMPOSE_ENV_FILES COMPOSE_COMPATIBILITY
export DOCKER_HOST="${COMPOSELINT_TEST_DOCKER_HOST-unix:///var/run/docker.sock}"

# `run` learned in 2.40 to look at its input as well; the rules speak of that behaviour.
is_recent_enough() {
  version=${1#v}
  major=${version%%.*}
  minor=${version#*.}
  minor=${minor%%.*}
  case $major$minor in '' | *[!0-9]*) return 1 ;; esac
  [ "$major" -gt 2 ] || { [ "$major" -eq 2 ] && [ "$minor" -ge 40 ]; }
}

# find_client: sets DOCKER, exports DOCKER_CONFIG and says yes if "$DOCKER compose" is recent.
find_client() {
  own_config=$COMPOSELINT_ENGINE_DIR/config
  for DOCKER in "$(command -v docker || true)" /usr/bin/docker; do
    [ -x "$DOCKER" ] || continue
    for config in "${DOCKER_CONFIG-${HOME-/}/.docker}" "$own_config"; do
      found=$(DOCKER_CONFIG=$config timeout -k 5 120 "$DOCKER" compose version --short 2>/dev/null) ||
        continue
      if is_recent_enough "$found"; then
        export DOCKER_CONFIG="$config"
        return 0
      fi
    done
  done
  return 1
}

# The oldest Compose that guard takes, by a configuration of its own.
oldest_config=$COMPOSELINT_ENGINE_DIR/config-oldest
has_oldest() {
  found=$(DOCKER_CONFIG=$oldest_config timeout -k 5 120 "$DOCKER" compose version --short 2>/dev/null)
  case ${found#v} in 2.26.*) ;; *) return 1 ;; esac
}

engine_answers() {
  timeout -k 5 120 "$DOCKER" info >/dev/null 2>&1
}

# Sourced after lib.sh: an engine that a test may kill, since nobody else uses it. From here on it is
# the one behind DOCKER_HOST. It has the images of the tests, and no access to the firewall.
[ "$(id -u)" = 0 ] || skip 'an engine of its own needs root'
command -v dockerd >/dev/null || skip 'no dockerd for an engine of its own'

own=$work/engine
own_pid=
# A network of its own: an engine without a bridge takes away the one that others call docker0.
unshare --net sleep 3600 &
network_pid=$!
apart() { [ "$(readlink /proc/$network_pid/ns/net)" != "$(readlink /proc/self/ns/net)" ]; }
within 60 apart || { echo 'FAILS: no network for an engine of its own' >&2; exit 1; }
# own_engine [OPTION...]: starts it, or starts it again.
own_engine() {
  # What was killed has left its word of itself, and the next one would take it for the truth.
  rm -f "$own/pid" "$own/exec/containerd/containerd.pid"
  nsenter --net="/proc/$network_pid/ns/net" dockerd --data-root "$own/data" \
    --exec-root "$own/exec" --pidfile "$own/pid" --host "unix://$own/socket" \
    --bridge none --iptables=false --ip6tables=false \
    --default-address-pool base=10.213.0.0/16,size=24 "$@" >>"$own/log" 2>&1 </dev/null &
  own_pid=$!
  within 300 timeout 60 docker version && return 0
  tail -n 20 "$own/log" >&2
  echo 'FAILS: the engine of its own does not come up' >&2
  exit 1
}
kill_own_engine() {
  kill -9 "$own_pid"
  wait "$own_pid" 2>/dev/null
}

# What its containers run in goes with it, however the test ends.
end_own_engine() {
  status=$?
  cd /
  if kill -0 "$own_pid" 2>/dev/null; then
    docker rm -fv $(docker ps -aq) >/dev/null 2>&1
    kill "$own_pid"
    wait "$own_pid"
  fi
  # Without an engine to end them, shims and their tasks would stay.
  for shim in $(grep -ls -- "$own/exec" /proc/[0-9]*/cmdline | sed 's|[^0-9]||g'); do
    kill -9 "$shim" $(ps -o pid= --ppid "$shim") 2>/dev/null
  done
  kill "$network_pid" 2>/dev/null
  awk -v own="$own/" 'index($2, own) == 1 { print $2 }' /proc/mounts | sort -r |
    while read -r mounted; do umount -l "$mounted"; done
  rm -rf "$work"
  exit "$status"
}
mkdir -p "$own"
trap end_own_engine EXIT
everyones=$DOCKER_HOST
export DOCKER_HOST="unix://$own/socket"
own_engine
DOCKER_HOST=$everyones docker save "$postgres_image" | docker load >/dev/null ||
  { echo 'FAILS: the engine of its own does not get the images' >&2; exit 1; }

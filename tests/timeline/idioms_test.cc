// How scripts call compose, one row an idiom: which calls a reader finds in them.
#include <gtest/gtest.h>

#include <string>

#include "tests/timeline/calls_in.h"

namespace composelint::timeline {
namespace {

TEST(Idioms, ProgramsWithSeveralValues) {
  check_rows({
      {"if docker compose version >/dev/null 2>&1; then DC='docker compose'; "
       "else DC=docker-compose; fi\n$DC up -d web",
       "version\nup web"},
      {"if command -v docker-compose >/dev/null; then\n  DC=docker-compose\nelse\n"
       "  DC=\"docker compose\"\nfi\n$DC run --rm app x",
       "run app"},
      {"detect() { if docker compose version >/dev/null 2>&1; then echo 'docker compose'; else "
       "echo "
       "docker-compose; "
       "fi; }\nDC=$(detect)\n$DC exec -T web x",
       "version\nexec web"},
      {"detect() { docker compose version &>/dev/null && { echo docker compose; return; }; echo "
       "docker-compose; }\n$(detect) exec web x",
       "version\nexec web"},
      {"get() { local c; if [ -x /a ]; then c='docker compose'; else c='docker-compose'; fi; "
       "printf "
       "'%s\\n' "
       "\"$c\"; }\nDC=\"$(get)\"\n$DC pull web",
       "pull web"},
      {"DC=$(command -v docker-compose || echo \"docker compose\")\n$DC restart web",
       "restart web"},
      {"DC=$(which docker-compose)\n$DC restart web", "restart web"},
      {"DC=`which docker-compose`\n$DC restart web", "restart web"},
      {"DC=$(docker compose version >/dev/null 2>&1 && echo 'docker compose' || echo "
       "docker-compose)\n$DC stop web",
       "version\nstop web"},
      {"${DC:-docker compose} stop web", "stop web"},
      {"${DC:=docker compose} stop web; $DC start web", "stop web\nstart web"},
      {": \"${COMPOSE:=docker compose}\"\n$COMPOSE stop web", "stop web"},
      {"${ENGINE} compose stop web", "stop web"},
      {"${CLI}-compose stop web", "stop web"},
      {"ENGINE=docker\n${ENGINE}-compose stop web", "stop web"},
      {"E=docker; if x; then E=podman; fi\nB=\"$(${E}-compose version --short && echo "
       "\"$E-compose\" || echo '')\"",
       "version"},
      {"ENGINE=${ENGINE:-docker}\n$ENGINE compose stop web", "stop web"},
      {"if a; then dc=(docker compose); else dc=(docker-compose); fi\n\"${dc[@]}\" stop web",
       "stop web"},
      {"if a; then dc() { docker compose \"$@\"; }; else dc() { docker-compose \"$@\"; }; fi\n"
       "dc stop web",
       "stop web"},
      {"set_dc() { if a; then DC='docker compose'; else DC=docker-compose; fi; }\nset_dc\n$DC ps "
       "web",
       "ps web"},
      {"DC=''\nif a; then DC='docker compose'; elif b; then DC=docker-compose; else exit 1; fi\n"
       "$DC ps web",
       "ps web"},
      {"for c in 'docker compose' docker-compose; do if $c version; then DC=$c; break; fi; done\n"
       "$DC ps web",
       "version\nps web"},
      {"docker compose version && DC='docker compose' || DC='docker-compose'\n$DC ps web",
       "version\nps web"},
      {"DC='docker compose'\ntype docker-compose && DC=docker-compose\n$DC ps web", "ps web"},
      {"case $V in 1) DC=docker-compose;; *) DC='docker compose';; esac\n$DC ps web", "ps web"},
      {"DC='docker compose -f a.yml'\n[ -n \"$X\" ] && DC=\"$DC -f b.yml\"\n$DC ps web", "ps web"},
      {"DC=($(detect))\nDC=(docker compose)\n\"${DC[@]}\" ps web", "ps web"},
      {"read -ra DC <<< 'docker compose -p x'\n\"${DC[@]}\" ps web", "ps web"},
      {"IFS=' ' read -r -a dc <<<\"docker compose\"\n\"${dc[@]}\" ps web", "ps web"},
  });
}

TEST(Idioms, ListsThatMayBeEmpty) {
  const std::string f =
      "f() { if [ $# -eq 0 ]; then docker compose up -d; else docker compose restart \"$@\"; "
      "fi; }\n";
  const std::string fill =
      "s=()\nfor a in \"$@\"; do case \"$a\" in -y) Y=1 ;; *) s+=(\"$a\") ;; esac; done\n";
  const std::string either = "up\nrestart";
  EXPECT_EQ(calls_in(f + fill + "f \"${s[@]}\""), either);
  EXPECT_EQ(calls_in(f + fill + "set -- \"${s[@]}\"; f \"$@\""), either);
  EXPECT_EQ(calls_in(f + "s=()\nif x; then s+=(\"$1\"); fi\nf \"${s[@]}\""), either);
  EXPECT_EQ(calls_in(f + "f \"$@\""), either);
  EXPECT_EQ(calls_in(f + "s=()\nf \"${s[@]}\""), "up");
  EXPECT_EQ(calls_in(f + "s=(web)\nf \"${s[@]}\""), "restart web");
}

TEST(Idioms, Functions) {
  check_rows({
      {"S=(\"$@\"); docker compose exec \"${S[@]}\" bash", "exec *"},
      {"f() { docker compose exec \"$@\" bash; }; f \"$@\"", "exec *"},
      {"dc() { docker compose -p x \"$@\"; }\nrunweb() { dc run --rm web \"$@\"; }\nrunweb x",
       "run web"},
      {"function dc { docker compose \"$@\"; }\ndc stop web", "stop web"},
      {"function dc() { docker compose $*; }\ndc stop web", "stop web"},
      {"my-dc() { docker compose \"$@\"; }\nmy-dc stop web", "stop web"},
      {"ns::dc() { docker compose \"$@\"; }\nns::dc stop web", "stop web"},
      {"function app.dc { docker compose \"$@\"; }\napp.dc stop web", "stop web"},
      {"on() { svc=$1; shift; docker compose exec -T \"$svc\" \"$@\"; }\non web ls", "exec web"},
      {"on() { local svc=\"$1\"; docker compose exec -T \"$svc\" \"${@:2}\"; }\non web ls",
       "exec web"},
      {"on() { docker compose exec -T ${1:-web} ls; }\non", "exec web"},
      {"on() { docker compose exec -T ${1:-web} ls; }\non db", "exec db"},
      {"step() { echo \"$1\"; shift; \"$@\"; }\nstep 'migrating' docker compose exec -T web x",
       "exec web"},
      {"step() { local m=$1; shift; if [ \"$1\" = -q ]; then shift; fi; \"$@\"; }\n"
       "step 'migrating' -q docker compose exec web x",
       "exec web"},
      {"run() { echo \"+ $*\"; \"$@\" || exit 1; }\nrun docker compose up -d web", "up web"},
      {"run() { eval \"$1\"; }\nrun 'docker compose up -d web'", "up web"},
      {"run() { eval \"$@\"; }\nrun docker compose up -d web", "up web"},
      {"run() { eval $*; }\nrun docker compose up -d web", "up web"},
      {"check() { if eval \"$2\"; then echo ok; fi; }\ncheck name 'docker compose exec -T db x'",
       "exec db"},
      {"check() { local n=$1 c=$2; if bash -c \"$c\"; then echo ok; fi; }\n"
       "check name 'docker compose exec -T db x'",
       "exec db"},
      {"retry() { local n=$1; shift; until \"$@\"; do sleep 1; done; }\nretry 3 docker compose "
       "exec "
       "-T db x",
       "exec db"},
      {"retry() { local n=$1 wait=$2; shift 2; until \"$@\"; do sleep $wait; done; }\n"
       "retry 3 5 docker compose exec -T db x",
       "exec db"},
      {"on() { while getopts q o; do :; done; shift $((OPTIND - 1)); \"$@\"; }\n"
       "on docker compose exec -T db x",
       "exec db"},
      {"all() { shift \"$1\"; docker compose exec -T db \"$@\"; docker compose stop \"$@\"; }\n"
       "all x y",
       "exec db\nstop"},
      {"try() { for i in 1 2 3; do \"$@\" && return 0; done; return 1; }\n"
       "try docker compose pull web",
       "pull web"},
      {"main() { case \"$1\" in up) shift; docker compose up -d \"$@\";; esac; }\nmain \"$@\"",
       "up"},
      {"cmd_up() { docker compose up -d web; }\n\"cmd_$1\" \"${@:2}\"", "up web"},
      {"up() { docker compose up -d web; }\ndown() { docker compose down; }\n\"$@\"",
       "up web\ndown"},
      {"up() { docker compose up -d web; }\n\"${1:-up}\"", "up web"},
      {"up() { docker compose up -d web; }\nCMD=${1:-help}\n$CMD", "up web"},
      {"migrate() { docker compose run --rm web x; }\ncase $1 in migrate) migrate;; esac",
       "run web"},
      {"f() { docker compose stop a; }\nf\nf() { docker compose stop b; }\nf", "stop a\nstop b"},
      {"f() (cd x && docker compose stop a)\nf", "stop a"},
      {"compose() { command docker compose \"$@\"; }\ncompose stop a", "stop a"},
      {"docker() { sudo docker \"$@\"; }\ndocker compose stop a", "stop a"},
      {"docker-compose() { docker compose \"$@\"; }\ndocker-compose stop a", "stop a"},
      {"f() { docker compose stop \"$1\"; }\nexport -f f\nxargs -I{} bash -c 'f web' < list",
       "stop web"},
      {"f() { docker compose stop web; }\nif f; then f; fi", "stop web\nstop web"},
      {"f() { docker compose stop web; }\ntrap f EXIT", "stop web"},
  });
}

TEST(Idioms, WrappersThatAreDefinedElsewhere) {
  check_rows({
      {"step 'migrating' docker compose exec -T web x", "exec web"},
      {"step \"migrating\" -q docker compose exec web x", "exec web"},
      {"run_cmd docker compose up -d web", "up web"},
      {"retry 3 docker compose pull web", "pull web"},
      {"run_step \"Starting\" docker-compose up -d web", "up web"},
      {"check name \"docker compose exec -T db x\"", "exec db"},
      {"\"$RUN\" docker compose up -d web", "up web"},
      {"$SUDO docker compose up -d web", "up web"},
      {"${SUDO:-} docker-compose up -d web", "up web"},
      // Says, looks up or installs only.
      {"echo docker compose up -d web", ""},
      {"printf '%s\\n' 'docker compose up -d web'", ""},
      {"log_info \"run docker compose up -d web\"", ""},
      {"log 'docker compose up -d web'", ""},
      {"echo 'Usage: docker compose up'", ""},
      {"info \"docker compose up -d\"", ""},
      {"die \"docker compose up failed\"", ""},
      {"error docker compose up failed", ""},
      {"command -v docker-compose", ""},
      {"command -v docker compose", ""},
      {"which docker-compose up", ""},
      {"type docker-compose", ""},
      {"apt-get install -y docker-compose logs", ""},
      {"grep -q docker-compose logs", ""},
      {"pip install docker-compose", ""},
      {"cat <<EOF\nusage: docker compose up -d\nEOF", ""},
      {"cat > x.sh <<EOF\n#!/bin/sh\ndocker compose up -d\nEOF", ""},
      {"need docker compose", ""},
      {"man docker-compose", ""},
      {"pgrep -f 'docker-compose up'", ""},
      {"pkill -f docker-compose logs", ""},
      {"tee -a x <<'EOF'\ndocker compose up\nEOF", ""},
      {"git commit -m 'docker compose up'", ""},
      {"cp docker-compose up", ""},
  });
}

}  // namespace
}  // namespace composelint::timeline

// How scripts call compose, one row an idiom: which calls a reader finds in them.
#include <composelint/timeline.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "analyzer/shell/parser.h"
#include "analyzer/timeline/build.h"

namespace composelint::timeline {
namespace {

struct Row {
  const char* text;
  const char* calls;  // "verb service", one a line without the last newline; "@place " in front
};

std::string place_of(const Step& step) {
  switch (step.place) {
    case Place::kHost: return "";
    case Place::kRemote: return "@" + step.place_name + " ";
    case Place::kContainer: return "in " + step.place_name + " ";
  }
  return "?";
}

std::string calls_in(const std::string& text) {
  const SourceFile file("ops/x.sh", text);
  auto script = shell::parse_script(shell::whole_file(file));
  EXPECT_TRUE(script.ok()) << text;
  if (!script) return "refused";
  const hosts::HostFile host = hosts::script_host(std::move(*script));
  const Timeline timeline =
      build({host.tasks.data(), &file, "/repo/ops/x.sh", "/repo", {}, {}},
            [](const ComposeInvocation&, const calls::CallSite&) { return Target{}; });
  std::string out;
  for (const Step& step : timeline.steps) {
    if (!step.call) continue;
    const auto shown = [](const Argument& word) { return word.text.empty() ? "*" : word.text; };
    if (!out.empty()) out += "\n";
    out += place_of(step) + (step.call->verb.empty() ? "?" : step.call->verb);
    for (const Argument& service : step.call->services) out += " " + shown(service);
    if (step.call->services.empty() && !step.call->operands.empty()) {
      out += " " + shown(step.call->operands.front());
    }
  }
  return out;
}

void check(const std::vector<Row>& rows) {
  for (const Row& row : rows) EXPECT_EQ(calls_in(row.text), row.calls) << row.text;
}

TEST(Idioms, ProgramsWithSeveralValues) {
  check({
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

TEST(Idioms, Functions) {
  check({
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
  check({
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

TEST(Idioms, ProgramsThatRunACommand) {
  check({
      {"shopt -s expand_aliases\nalias dc='docker compose'\ndc stop web", "stop web"},
      {"alias dc='docker compose -f x.yml' dr='docker compose run --rm'\ndc stop web\ndr app x",
       "stop web\nrun app"},
      {"eval 'docker compose stop web'", "stop web"},
      {"eval docker compose stop web", "stop web"},
      {"C='docker compose stop web'\neval $C", "stop web"},
      {"C='docker compose stop web'\neval \"$C\"", "stop web"},
      {"C='docker compose'\nC=\"$C stop\"\neval \"$C web && $C db\"", "stop web\nstop db"},
      {"C='docker compose stop web'\nsh -c \"$C\"", "stop web"},
      {"C='docker compose stop web'\n$C", "stop web"},
      {"exec docker compose up web", "up web"},
      {"command docker compose stop web", "stop web"},
      {"time docker compose stop web", "stop web"},
      {"time -p docker compose stop web", "stop web"},
      {"timeout 30 docker compose stop web", "stop web"},
      {"timeout -k 5 30s docker compose stop web", "stop web"},
      {"nice -n 10 ionice -c3 docker compose exec -T db x", "exec db"},
      {"nohup docker compose logs -f web >x &", "logs web"},
      {"setsid docker compose stop web", "stop web"},
      {"stdbuf -oL docker compose logs web", "logs web"},
      {"echo web | xargs docker compose stop", "stop"},
      {"echo web | xargs -I{} docker compose exec -T {} x", "exec {}"},
      {"find . -name x -exec docker compose exec -T web x {} \\;", "exec web"},
      {"find . -name x -exec docker compose cp {} web:/x +", "cp web"},
      {"flock /tmp/l docker compose stop web", "stop web"},
      {"flock -n /tmp/l -c 'docker compose stop web'", "stop web"},
      {"flock -n 9 || exit 1; docker compose stop web", "stop web"},
      {"script -q -c 'docker compose exec web x' /dev/null", "exec web"},
      {"script -qec \"docker compose exec web x\" /dev/null", "exec web"},
      {"watch docker compose ps web", "ps web"},
      {"watch -n 1 'docker compose ps web'", "ps web"},
      {"parallel docker compose pull ::: web db", "pull"},
      {"sudo -i -u user docker compose stop web", "stop web"},
      {"sudo -u user -H docker compose stop web", "stop web"},
      {"sudo -E env X=1 docker compose stop web", "stop web"},
      {"sudo bash -c 'docker compose stop web'", "stop web"},
      {"sudo -u app bash -lc 'cd x && docker compose stop web'", "stop web"},
      {"exec env X=1 \"$ROOT/bin/docker-compose\" exec -T web x", "exec web"},
      {"\"$ROOT/bin/docker-compose\" stop web", "stop web"},
      {"su - user -c 'docker compose stop web'", "stop web"},
      {"su user -c \"docker compose stop web\"", "stop web"},
      {"doas docker compose stop web", "stop web"},
      {"chronic docker compose stop web", "stop web"},
      {"bash -c 'docker compose stop \"$1\"' _ web", "stop web"},
      {"bash <<EOF\ndocker compose stop web\nEOF", "stop web"},
      {"sh -s <<'EOF'\ndocker compose stop web\nEOF", "stop web"},
      {"S=web\nbash -s <<EOF\ndocker compose stop $S\nEOF", "stop web"},
      {"sudo bash <<'EOF'\ndocker compose stop web\nEOF", "stop web"},
      {"bash -s web <<'EOF'\ndocker compose stop \"$1\"\nEOF", "stop web"},
      {"bash <<< 'docker compose stop web'", "stop web"},
      {"echo 'docker compose stop web' | bash", "stop web"},
      {"cat <<EOF | bash\ndocker compose stop web\nEOF", "stop web"},
      {"TAG=x docker compose up -d web", "up web"},
      {"X=1 Y=2 sudo -E docker compose up -d web", "up web"},
      {"! docker compose ps web", "ps web"},
      {"coproc docker compose logs web", "logs web"},
      {"(docker compose stop web)", "stop web"},
      {"{ docker compose stop web; } >x 2>&1", "stop web"},
      {"while read -r s; do docker compose stop \"$s\"; done < <(docker compose ps --services)",
       "ps\nstop *"},
      {"docker compose ps -q | while read -r c; do docker compose stop web; done", "ps\nstop web"},
      {"mapfile -t s < <(docker compose config --services)\ndocker compose stop \"${s[@]}\"",
       "config\nstop *"},
      {"until docker compose exec -T db pg_isready; do sleep 1; done", "exec db"},
      {"for ((i=0; i<3; i++)); do docker compose pull web; done", "pull web"},
      {"for s in web db; do docker compose stop $s; done", "stop web db"},
      {"for s in $(docker compose ps --services); do docker compose stop $s; done", "ps\nstop *"},
      {"select s in web db; do docker compose stop $s; done", "stop web db"},
      {"[[ -n $X ]] && docker compose stop web", "stop web"},
      {"if [ \"$(docker compose ps -q web)\" ]; then :; fi", "ps web"},
      {"[[ \"$(docker compose ps -q web)\" == x ]] && :", "ps web"},
      {"x=$(( $(docker compose ps -q web | wc -l) + 1 ))", "ps web"},
      {"echo \"${X:-$(docker compose ps -q web)}\"", "ps web"},
      {"cat <<EOF\n$(docker compose ps -q web)\nEOF", "ps web"},
      {"arr=(\"$(docker compose ps -q web)\")", "ps web"},
      {"export X=$(docker compose ps -q web)", "ps web"},
      {"local x=`docker compose ps -q web`", "ps web"},
      {"diff <(docker compose config) <(docker compose -f y config)", "config\nconfig"},
      {"docker compose logs web > >(tee x) 2>&1", "logs web"},
      {"docker compose --ansi never up -d web", "up web"},
      {"docker --context x compose up -d web", "up web"},
      {"docker -H ssh://h compose up -d web", "up web"},
      {"/usr/local/bin/docker-compose up -d web", "up web"},
      {"docker compose \\\n  -f a.yml \\\n  up -d \\\n  web", "up web"},
      {"ARGS='-f a.yml up -d web'\ndocker compose $ARGS", "up web"},
      {"V=up\ndocker compose $V -d web", "up web"},
      {"dcr='docker compose run --rm'\n$dcr web upgrade", "run web"},
      {"cmd=(run --rm)\ncmd+=(web)\ndocker compose \"${cmd[@]}\" x", "run web"},
  });
}

TEST(Idioms, OtherMachines) {
  check({
      {"ssh h 'docker compose stop web'", "@h stop web"},
      {"ssh h \"cd /srv && docker compose stop web\"", "@h stop web"},
      {"ssh -p 22 -i k user@h docker compose stop web", "@user@h stop web"},
      {"ssh -o A=b \"$HOST\" 'cd x; docker compose stop web; docker compose rm web'",
       "@$HOST stop web\n@$HOST rm web"},
      {"ssh h <<EOF\ndocker compose stop web\nEOF", "@h stop web"},
      {"ssh -T h << 'EOF'\nset -e\ncd /srv\ndocker compose stop web\nEOF", "@h stop web"},
      {"ssh h bash -s <<'EOF'\ndocker compose stop web\nEOF", "@h stop web"},
      {"ssh h 'bash -s' <<'EOF'\ndocker compose stop web\nEOF", "@h stop web"},
      {"ssh h \"sudo docker compose stop web\"", "@h stop web"},
      {"ssh h sudo docker compose stop web", "@h stop web"},
      {"ssh h \"bash -c 'docker compose stop web'\"", "@h stop web"},
      {"S=web\nssh h \"docker compose stop $S\"", "@h stop web"},
      {"ssh $OPTS h 'docker compose stop web'", "@h stop web"},
      {"ssh $HOST 'docker compose stop web'", "@$HOST stop web"},
      {"ssh $HOST docker compose stop web", "@$HOST stop web"},
      {"ssh \"${SSH_OPTS[@]}\" -p \"$PORT\" \"$U@$HOST\" \"docker compose stop web\"",
       "@$U@$HOST stop web"},
      {"sshpass -p x ssh h 'docker compose stop web'", "@h stop web"},
      {"r() { ssh h \"$@\"; }\nr docker compose stop web", "@h stop web"},
      {"R='ssh h'\n$R docker compose stop web", "@h stop web"},
      {"ssh h 'docker compose exec -T db pg_dump x' > x.sql", "@h exec db"},
      {"echo 'docker compose stop web' | ssh h", "@h stop web"},
      {"docker run --rm -v /var/run/docker.sock:/var/run/docker.sock img sh -c 'docker compose "
       "stop "
       "web'",
       "in img stop web"},
      {"docker exec c bash -c \"docker compose stop web\"", "in c stop web"},
      {"docker exec c docker compose stop web", "in c stop web"},
      {"docker run --rm img docker compose stop web", "in img stop web"},
      {"docker compose exec -T dind sh -c 'docker compose stop web'",
       "exec dind\nin dind stop web"},
      {"gcloud compute ssh vm --command 'docker compose stop web'", "@vm stop web"},
      {"vagrant ssh -c 'docker compose stop web'", "@ stop web"},
  });
}

TEST(Idioms, Traps) {
  check({
      {"trap 'docker compose down' EXIT\ndocker compose up -d web", "up web\ndown"},
      {"clean() { docker compose down; }\ntrap clean EXIT\ndocker compose up -d web",
       "up web\ndown"},
      {"trap \"docker compose down\" EXIT INT TERM\ndocker compose up -d web", "up web\ndown"},
      {"trap 'docker compose logs web' ERR\ndocker compose up -d web", "up web\nlogs web"},
      {"trap 'docker compose down' EXIT\ntrap - EXIT\ndocker compose up -d web", "up web"},
      {"trap '' INT\ndocker compose up -d web", "up web"},
      {"f() { docker compose rm web; }\ntrap 'f; exit 1' INT\ndocker compose up -d web",
       "up web\nrm web"},
  });
}

}  // namespace
}  // namespace composelint::timeline

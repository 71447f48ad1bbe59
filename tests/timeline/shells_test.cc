// Shells inside of shells, other machines, traps, and places that are hard to read.
#include <gtest/gtest.h>

#include <string>

#include "tests/timeline/calls_in.h"

namespace composelint::timeline {
namespace {

TEST(Shells, ProgramsThatRunACommand) {
  check_rows({
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
      {"nohup bash -c \"docker compose exec -T web sh -c \\\"x\\\"\" >log 2>&1 &", "exec web"},
      {"setsid docker compose stop web", "stop web"},
      {"stdbuf -oL docker compose logs web", "logs web"},
      {"echo web | xargs docker compose stop", "stop"},
      {"echo web | xargs -I{} docker compose exec -T {} x", "exec *"},
      {"find . -name x -exec docker compose exec -T web x {} \\;", "exec web"},
      {"find . -name x -exec docker compose cp {} web:/x +", "cp web"},
      {"flock /tmp/l docker compose stop web", "stop web"},
      {"flock -n /tmp/l -c 'docker compose stop web'", "stop web"},
      {"flock -n 9 || exit 1; docker compose stop web", "stop web"},
      {"script -q -c 'docker compose exec web x' /dev/null", "exec web"},
      {"script -qec \"docker compose exec web x\" /dev/null", "exec web"},
      {"watch docker compose ps web", "ps web"},
      {"npx concurrently -n a,b 'docker compose logs web' \"docker compose logs db\"",
       "logs web\nlogs db"},
      {"concurrently --kill-others \"npm:watch\" \"cd x && docker compose up web\" -k", "up web"},
      {"watch -n 1 'docker compose ps web'", "ps web"},
      {"parallel docker compose pull ::: web db", "pull"},
      {"sudo -i -u user docker compose stop web", "stop web"},
      {"sudo -u user -H docker compose stop web", "stop web"},
      {"sudo -E env X=1 docker compose stop web", "stop web"},
      {"sudo bash -c 'docker compose stop web'", "stop web"},
      {"sudo -u app bash -lc 'cd x && docker compose stop web'", "stop web"},
      {"exec env X=1 \"$ROOT/bin/docker-compose\" exec -T web x", "exec web"},
      {"\"$ROOT/bin/docker-compose\" stop web", "stop web"},
      {"docker-compose-v1 stop web", "stop web"},
      {"mutagen-compose stop web\npodman-compose stop web", ""},
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
      {"docker compose ${FILE:+-f $FILE} ps -q web", "ps web"},
      {"docker compose $ENVIRONMENT $PROFILE exec -T web x", "exec web"},
      {"docker compose $ACTION build web", "?"},
      {"dcr='docker compose run --rm'\n$dcr web upgrade", "run web"},
      {"cmd=(run --rm)\ncmd+=(web)\ndocker compose \"${cmd[@]}\" x", "run web"},
  });
}

TEST(Shells, OtherMachines) {
  check_rows({
      {"ssh h 'docker compose stop web'", "@h stop web"},
      {"ssh h \"cd /srv && docker compose stop web\"", "@h stop web"},
      {"ssh -p 22 -i k user@h docker compose stop web", "@user@h stop web"},
      {"ssh -o A=b \"$HOST\" 'cd x; docker compose stop web; docker compose rm web'",
       "@$HOST stop web\n@$HOST rm web"},
      {"ssh h <<EOF\ndocker compose stop web\nEOF", "@h stop web"},
      {"ssh -T h << 'EOF'\nset -e\ncd /srv\ndocker compose stop web\nEOF", "@h stop web"},
      {"docker-machine ssh h <<EOF\ndocker compose stop web\nEOF", "@h stop web"},
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
      {"doctl compute ssh vm --ssh-command 'docker compose stop web'", "@vm stop web"},
      {"vagrant ssh -c 'docker compose stop web'", "@ stop web"},
  });
}

TEST(Shells, Traps) {
  check_rows({
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

// Valid bash on which the grammar errs: that place is read all the same, and so is what is around.
TEST(Shells, PlacesWhereTheGrammarErrs) {
  const char* const rows[] = {
      // For without `in`.
      "for arg do docker compose stop in; done",
      // If as the last command of a body on one line.
      "f() { if a; then b; fi }",
      // A subshell behind &&.
      "{ a && (exit 1) }",
      // A subshell as a condition.
      "if (true) then docker compose stop in; fi",
      // <> with a descriptor.
      "exec 3<> f",
      "exec 3<>\"/dev/tcp/h/1\"",
      // Empty backquotes.
      "x=y``",
      // Two here-documents on a line.
      "cat <<A <<B\nx\nA\ny\nB",
      // Quotes on the right of = inside of [[ ]].
      "[[ \"$f\" = '/a' && \"$(docker compose ps in)\" -gt 5 ]]",
      "[[ \"$f\" = *\"a.yml\"* && -n x ]]",
      "[[ $r = *\"\\\"n\\\": 0\"* ]]",
      "[[ $f == *.@(xz|gz) ]]",
      // A negated parenthesis around =~.
      "[[ ! (\"$t\" =~ ^(a|b)$) && x ]]",
      "[[ \"$B\" == *[\"$u\"]* ]]",
      // Escaped parentheses.
      "[ \\( a = b \\) -o c ]",
      // An extended glob.
      "rm !(a|b)",
      // Arithmetic in a range.
      "A=(\"${A[@]:0:$i+1}\")",
      // Two blanks before a parenthesis.
      "y=\"x${s:+  ($s)}\"",
      // Escaped quotes in a default.
      "z=\"${V:-[\\\"a\\\"]}\"",
      // A subshell that looks like arithmetic.
      "w=$((docker compose ps in || b) | sed x)",
      // Quotes in a pattern.
      "case $l in *\"C (c) \"*\"U.\") docker compose stop in;; esac",
      // A dollar sign before a slash.
      "sed s/\\.md$//",
  };
  for (const std::string row : rows) {
    const bool inside = row.find("docker compose") != std::string::npos;
    const std::string verb = row.find("ps in") != std::string::npos ? "ps" : "stop";
    EXPECT_EQ(calls_in("docker compose stop before\n" + row + "\ndocker compose stop after\n"),
              "stop before\n" + (inside ? verb + " in\n" : "") + "stop after")
        << row;
  }
}

}  // namespace
}  // namespace composelint::timeline

#include "analyzer/knowledge/wrappers.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/knowledge/words.h"

namespace composelint::knowledge {
namespace {

// The wrapped command, blank between its words; "{…}" is shell text; "-" is no wrapper; "?" is
// given up.
std::string unwrapped(const std::vector<Argument>& argv) {
  const auto found = unwrap_once(argv);
  if (!found) return "-";
  if (!found->why_not.empty()) return "?";
  std::string out;
  if (found->script != nullptr) out = "{" + found->script->text + "}";
  for (std::size_t at = found->rest; at < argv.size(); ++at) {
    if (!out.empty()) out += ' ';
    out += argv[at].text;
  }
  return out;
}

TEST(Wrappers, FindTheCommandInside) {
  struct Row {
    const char* line;
    const char* inside;
  };
  const Row rows[] = {{"sudo docker compose up", "docker compose up"},
                      {"sudo -n -u app docker compose up", "docker compose up"},
                      {"sudo -E A=1 docker compose up", "docker compose up"},
                      {"sudo -i -u app docker compose up", "docker compose up"},
                      {"sudo -uapp --preserve-env=A ls", "ls"},
                      {"sudo --user \"$u\" ls", "ls"},
                      {"sudo -u$u --prompt=$p ls", "ls"},
                      {"/usr/bin/sudo -- ls -l", "ls -l"},
                      {"doas -u app ls", "ls"},
                      {"env A=1 B=$b ls", "ls"},
                      {"env -i PATH=/bin ls", "ls"},
                      {"env -u A ls", "ls"},
                      {"env -S 'ls -l'", "{ls -l}"},
                      {"cross-env A=1 B=2 docker compose up", "docker compose up"},
                      {"cross-env-shell A=1 ls -l", "ls -l"},
                      {"time -p ls", "ls"},
                      {"timeout 5m ls", "ls"},
                      {"timeout -k 1 --signal=INT 5 ls -l", "ls -l"},
                      {"timeout \"$t\" ls", "ls"},
                      {"nice -n 10 ls", "ls"},
                      {"nice -10 ls", "ls"},
                      {"ionice -c2 -n7 ls", "ls"},
                      {"nohup ls", "ls"},
                      {"command docker compose ps", "docker compose ps"},
                      {"exec docker compose up", "docker compose up"},
                      {"stdbuf -oL ls", "ls"},
                      {"xargs -0 -n1 -I{} docker rm {}", "docker rm {}"},
                      {"xargs -r docker rm", "docker rm"},
                      {"flock -n /tmp/l ls -l", "ls -l"},
                      {"flock /tmp/l -c 'ls -l'", "{ls -l}"},
                      {"watch -n 5 docker compose ps", "docker compose ps"},
                      {"bash -c 'a && b'", "{a && b}"},
                      {"bash -lc 'a' x y", "{a} x y"},
                      {"sh -euxc 'a'", "{a}"},
                      {"bash -e -o pipefail -c 'a | b'", "{a | b}"},
                      {"bash -euo pipefail -c 'a | b'", "{a | b}"},
                      {"bash --noprofile -c \"$s\"", "{}"},
                      {"su - app -c 'a b'", "{a b}"},
                      {"su -s /bin/sh -c 'a b' app", "{a b}"},
                      {"su - $u -c 'a b'", "{a b}"},
                      {"gosu app manage.py migrate", "manage.py migrate"},
                      {"su-exec app:app ls", "ls"},
                      {"tini -- ls", "ls"},
                      {"dumb-init --single-child ls", "ls"},
                      {"bundle exec rails db:migrate", "rails db:migrate"},
                      {"npx --yes prisma migrate deploy", "prisma migrate deploy"},
                      {"npm exec -- prisma db push", "prisma db push"},
                      {"pnpm exec knex migrate:latest", "knex migrate:latest"},
                      {"uv run --frozen --extra x alembic upgrade head", "alembic upgrade head"},
                      {"poetry run alembic upgrade head", "alembic upgrade head"},
                      {"doppler run --config prd -- ls", "ls"},
                      {"./wait-for-it.sh db:5432 -t 30 -- ls", "ls"},
                      {"ssh -p 22 -o X=y me@host docker compose up -d", "docker compose up -d"},
                      {"ssh \"$h\" 'cd /srv && ls'", "cd /srv && ls"},
                      {"find . -name x -exec docker cp {} web:/x ;", "docker cp {} web:/x ;"},
                      {"docker exec -i db psql", "psql"},
                      {"docker run --rm -v a:/a alpine tar c /a", "tar c /a"},
                      {"eval ls -l", "ls -l"},
                      {"busybox tar c x", "tar c x"}};
  for (const Row& row : rows) EXPECT_EQ(unwrapped(words(row.line)), row.inside) << row.line;
}

TEST(Wrappers, LeaveAloneWhatWrapsNothing) {
  for (const char* line : {"ls",
                           "env",
                           "env A=1",
                           "sudo -v",
                           "sudo -i",
                           "sudo -l ls",
                           "command -v docker",
                           "command -V docker",
                           "exec",
                           "time",
                           "timeout 5",
                           "bash",
                           "bash x.sh",
                           "bash -x x.sh",
                           "su",
                           "su - app",
                           "flock 9",
                           "flock -u 9",
                           "xargs",
                           "wait-for-it.sh db:5432",
                           "bundle install",
                           "npm run migrate",
                           "npm ci",
                           "uv sync",
                           "poetry install",
                           "ssh host",
                           "ssh -N -L 1:x:2 host",
                           "find . -name x",
                           "docker ps",
                           "docker exec web",
                           "docker compose exec web ls",
                           "$x ls",
                           "sudoku x",
                           "/opt/time/app x"}) {
    EXPECT_EQ(unwrapped(words(line)), "-") << line;
  }
}

TEST(Wrappers, GiveUpWhereAnUnknownWordMayBeAnOption) {
  for (const char* line :
       {"sudo $o ls", "env $o ls", "sudo --frobnicate ls", "xargs $x docker rm", "timeout -$s 5 ls",
        "bash $o -c 'a'", "docker exec $o web ls", "ssh $o host ls", "su -$o app -c 'a'"}) {
    EXPECT_EQ(unwrapped(words(line)), "?") << line;
  }
}

TEST(Wrappers, TellWhatTheyDoToTheCommand) {
  EXPECT_EQ(unwrap_once(words("ssh h ls"))->place, Place::kRemote);
  EXPECT_TRUE(unwrap_once(words("ssh h ls"))->joins_rest);
  EXPECT_EQ(unwrap_once(words("docker exec web ls"))->place, Place::kContainer);
  EXPECT_TRUE(unwrap_once(words("docker run -d web ls"))->background);
  EXPECT_TRUE(unwrap_once(words("timeout 5 ls"))->bounded);
  EXPECT_TRUE(unwrap_once(words("xargs ls"))->feeds_words);
  EXPECT_TRUE(unwrap_once(words("sudo -i ls"))->login_shell);
  EXPECT_TRUE(unwrap_once(words("bash -euo pipefail -c a"))->pipefail);
  EXPECT_TRUE(unwrap_once(words("bash -euo pipefail -c a"))->errexit);
  EXPECT_FALSE(unwrap_once(words("bash -c a"))->errexit);
  EXPECT_FALSE(unwrap_once(words("watch -x ls -l"))->joins_rest);
  EXPECT_TRUE(unwrap_once(words("watch ls -l"))->joins_rest);
}

}  // namespace
}  // namespace composelint::knowledge

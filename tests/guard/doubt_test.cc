#include <gtest/gtest.h>

#include "tests/guard/corridor_case.h"
#include "tests/guard/understood.h"

namespace composelint::guard {
namespace {

using Words = std::vector<std::string>;

constexpr const char* kStack =
    "services:\n"
    "  app: {image: app, entrypoint: [docker-init, --], command: migrate}\n"
    "  artisan: {image: php, entrypoint: php artisan}\n"
    "  eager: {image: app, entrypoint: [./manage.py, migrate]}\n"
    "  text: {image: app, command: sh -c 'ls; ./wipe'}\n"
    "  job: {image: app, command: sh -c 'set -e; ./manage.py migrate'}\n"
    "  db: {image: postgres}\n";

std::unique_ptr<GuardedCommand> read(const Words& task, StreamIs in) {
  return understood(kStack, task, in);
}

struct Row {
  Words task;
  bool doubted;
  StreamIs in = StreamIs::kNull;
};

Words in_shell(const char* text) {
  return {"exec", "-T", "db", "sh", "-c", text};
}
Words psql(const char* sql) {
  return {"exec", "-T", "db", "psql", "-c", sql};
}

const Row kRows[] = {
    // What a client or a shell is told by a file or a pipe, nobody has seen.
    {{"exec", "-T", "db", "psql", "-U", "postgres", "app"}, true, StreamIs::kFile},
    {{"exec", "-T", "db", "psql", "-U", "postgres", "app"}, true, StreamIs::kPipe},
    {{"exec", "-T", "db", "psql", "-U", "postgres", "app"}, false, StreamIs::kTerminal},
    {{"exec", "-T", "db", "psql", "-U", "postgres", "app"}, false, StreamIs::kNull},
    {{"run", "-T", "--rm", "db", "mysql", "app"}, true, StreamIs::kFile},
    {{"exec", "-T", "db", "redis-cli"}, true, StreamIs::kPipe},
    {{"exec", "-T", "db", "sh"}, true, StreamIs::kPipe},
    {{"exec", "-T", "db", "bash", "-s"}, true, StreamIs::kPipe},
    {{"exec", "-T", "app", "python", "manage.py", "shell"}, true, StreamIs::kFile},
    {{"exec", "-T", "db", "nice", "psql", "app"}, true, StreamIs::kFile},
    {{"exec", "-T", "db", "psql", "-tAc", "select 1"}, false, StreamIs::kPipe},
    {{"exec", "-T", "db", "cat", "/etc/hosts"}, false, StreamIs::kPipe},
    {{"exec", "-T", "db", "pg_dump", "app"}, false, StreamIs::kPipe},
    // In a shell text it is what stands around it that feeds it.
    {in_shell("echo 'drop table x' | psql app"), true},
    {in_shell("psql app </dev/stdin"), true, StreamIs::kFile},
    {in_shell("psql app <x.sql"), true},
    {in_shell("psql app <<E\ndrop table x;\nE"), true},
    {in_shell("psql app <<<'drop table x'"), true},
    {in_shell("{ psql app; } <x.sql"), true},
    {in_shell("while read -r line; do psql app; done <list"), true},
    {in_shell("f() { psql app; }; echo x | f"), true},
    {in_shell("psql app </dev/null"), false, StreamIs::kPipe},
    {in_shell("cat x | sh"), true},
    {in_shell("cat x | sh -c 'psql app'"), true},
    {in_shell("su postgres -c 'psql <x'"), true},
    {in_shell("echo $(psql <x)"), true},
    {in_shell("cat <(psql <x)"), true},
    {in_shell("X=`psql <x` ls"), true},
    // One known look or dump does not speak for what stands beside it.
    {in_shell("ls; ./wipe"), true},
    {in_shell("pg_dump app >/tmp/x && migrate"), true},
    {in_shell("case $X in a) migrate ;; esac; ls"), true},
    {in_shell("ls; $TASK"), true},
    {in_shell("ls; eval \"$TASK\""), true},
    {in_shell("ls; . /etc/tasks"), true},
    {in_shell("cat /new >/var/lib/data/x"), true},
    {in_shell("ls; >/var/lib/data/x"), true},
    {in_shell("if ("), true},
    {in_shell("ls -l; cat /etc/hosts | grep x >/dev/null 2>&1 && echo ok >/tmp/ok"), false},
    {in_shell("set -e; cd /x; for i in 1 2; do test -f $i || exit 1; done; wc -l <x"), false},
    {in_shell("pg_dump app | gzip >/backup/x.gz"), true},
    {in_shell("pg_dump app >/backup/x.sql"), false},
    // Statements.
    {psql("select 1; show all"), false},
    {psql("SELECT count(*) FROM a WHERE updated > now()"), false},
    {psql("\\dt"), false},
    {psql("select 1; call wipe()"), true},
    {psql("call wipe(); select 1"), true},
    {psql("select * into b from a"), true},
    {psql("explain analyze select 1"), false},
    {psql("explain analyze create table x as select 1"), true},
    {{"exec", "db", "psql", "host=x user=y", "-c", "select 1"}, false},
    {{"exec", "db", "psql", "--command=call wipe()", "-c", "select 1"}, true},
    {{"exec", "db", "sqlite3", "a.db", "select 1"}, false},
    {{"exec", "db", "sqlite3", "a.db", "select 1", "call x(); select 1"}, true},
    // The entrypoint is a part of it.
    {{"run", "--no-deps", "--entrypoint", "migrate", "app", "ls"}, true},
    {{"run", "--no-deps", "--entrypoint", "ls", "app", "-l"}, false},
    {{"run", "--no-deps", "app", "ls"}, false},
    {{"run", "--no-deps", "artisan", "migrate:status"}, false},
    {{"run", "--no-deps", "eager", "ls"}, true},
    {{"run", "--no-deps", "text"}, true},
};

TEST(Doubt, IsLeftUnlessAllOfATaskIsKnown) {
  for (const Row& row : kRows) {
    const auto command = read(row.task, row.in);
    ASSERT_NE(command, nullptr);
    EXPECT_EQ(!command->doubt.empty(), row.doubted)
        << command_text(row.task).text << ": " << command->doubt;
    if (row.doubted) {
      EXPECT_EQ(command->business, Business::kTask) << command_text(row.task).text;
    }
  }
}

TEST(Doubt, ASecondEntrypointRunsInThePlaceOfAllOthers) {
  const struct {
    Words task;
    Effect effect;
  } rows[] = {
      {{"run", "--rm", "--entrypoint", "migrate", "app"}, Effect::kMigrates},
      {{"run", "--rm", "--entrypoint=migrate", "app", "--slowly"}, Effect::kMigrates},
      {{"run", "--entrypoint", "sh", "app", "-c", "migrate"}, Effect::kMigrates},
      {{"run", "--entrypoint", "sh -c migrate", "app"}, Effect::kMigrates},
      {{"run", "--entrypoint", "./manage.py", "app", "migrate"}, Effect::kMigrates},
      {{"run", "--entrypoint", "", "app", "migrate"}, Effect::kMigrates},
      {{"run", "--entrypoint", "psql", "db", "-c", "drop table x"}, Effect::kDeletes},
      {{"run", "--entrypoint", "env", "app"}, Effect::kReads},  // and not the service's command
      {{"run", "app"}, Effect::kMigrates},
      {{"run", "job"}, Effect::kMigrates},
      {{"exec", "app", "sh", "-c", "rm -rf tmp; ./manage.py migrate"}, Effect::kMigrates},
      {{"exec", "app", "sh", "-c", "pg_dump app >/b/x; rm -rf /b/old"}, Effect::kDumps},
      {{"exec", "app", "sh", "-c", "rm -rf /x; ls"}, Effect::kDeletes},
  };
  for (const auto& row : rows) {
    const auto command = read(row.task, StreamIs::kNull);
    ASSERT_NE(command, nullptr);
    EXPECT_EQ(command->call().effect, row.effect) << command_text(row.task).text;
  }
}

constexpr const char* kProtected =
    "guard: {environments: [{name: production, projects: shop, require: [backup-taken]}]}\n";

TEST(Doubt, AProtectedEnvironmentWantsItsBackupBeforeWhatNobodyHasSeen) {
  for (const StreamIs in : {StreamIs::kFile, StreamIs::kNull}) {
    CorridorCase it({"docker", "compose", "exec", "-T", "db", "psql", "app"});
    it.around.descriptors = {{0, {in, ""}}};
    it.options.yes = true;
    it.configure(kProtected);
    const bool fed = in == StreamIs::kFile;
    EXPECT_EQ(it.run(), fed ? 100 : 0) << it.around.said;
    EXPECT_EQ(it.around.said.find("`psql` is told on its standard input") != std::string::npos, fed)
        << it.around.said;
  }
  // Elsewhere it is nobody's business.
  CorridorCase it(
      {"docker", "compose", "exec", "-T", "db", "psql", "-v", "ON_ERROR_STOP=1", "app"});
  it.around.descriptors = {{0, {StreamIs::kFile, ""}}};
  EXPECT_EQ(it.run(), 0) << it.around.said;
  EXPECT_EQ(it.around.said, "");
}

}  // namespace
}  // namespace composelint::guard

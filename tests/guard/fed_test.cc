// What a task is fed: texts at its standard input, files that lie here.
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "tests/guard/lost_case.h"

namespace composelint::guard {
namespace {

const StreamFact kPiped{StreamIs::kPipe, ""};

struct Fed {
  Words task;
  const char* text;
};

Words in(const std::string& service, const Words& task) {
  Words call = {"exec", "-T", service};
  call.insert(call.end(), task.begin(), task.end());
  return call;
}

TEST(Fed, TellsWhatAnArgumentWouldTell) {
  for (const Fed& row : std::vector<Fed>{
           {{"psql", "-U", "app", "app"}, "begin;\ndrop table items;\ncommit;\n"},
           {{"psql", "-v", "ON_ERROR_STOP=1"}, "\\! rm -rf /var/lib/postgresql/data/base\n"},
           {{"psql", "-e"}, "-- all of it\ntruncate items;\n"},
           {{"mysql", "-uroot", "app"}, "delete from items;\n"},
           {{"env", "PGPASSWORD=x", "psql"}, "drop table items;"},
           {{"sh"}, "set -e\nrm -rf /var/lib/postgresql/data/base\n"},
           {{"bash", "-s", "--", "now"}, "psql -c 'drop table items'\n"},
           {{"bash", "-e"}, "psql app <<X\ndrop table items;\nX\n"},
           {{"sh", "-"}, "dropdb app\n"},
           {{"sh"}, "cd /srv\nphp artisan migrate --force\n"},
           {{"sh", "-c", "psql -U $POSTGRES_USER app"}, "drop table items;\n"},
           {{"sh", "-c", "cat | psql"}, "drop table items;\n"},
           {{"psql", "-U", "app", "-f", "-"}, "drop table items;\n"},
           {{"psql", "--file=/dev/stdin"}, "drop table items;\n"},
           {{"bash", "-c", "psql app"}, "alter table items drop price;\n"},
           {{"su", "postgres", "-c", "psql"}, "drop table items;\n"},
           {{"python3", "-"}, "cur.execute(\"drop table items\")\n"},
           {{"python3"}, "cur.execute(f'drop table {x}')\n"},
           {{"python3"}, "# don't\ncur.execute('''\n  truncate items\n''')\n"},
           {{"python", "manage.py", "shell"}, "cursor.execute('DELETE FROM items')\n"},
           {{"python", "manage.py", "dbshell"}, "drop table items;\n"},
           {{"php", "artisan", "tinker"}, "DB::statement('drop table items');\n"},
           {{"ruby"}, "exec_sql(\"drop table items\")\n"},
           {{"python3"}, "import shutil\nshutil.rmtree('/var/lib/postgresql/data')\n"},
           {{"xargs", "rm", "-rf"}, "/tmp/x\n/var/lib/postgresql/data/base\n"},
           {{"xargs", "-0", "-n", "1", "rm"}, "/var/lib/postgresql/data/PG_VERSION"},
           {{"sh", "-c", "xargs rm -rf"}, "/var/lib/postgresql/data/base\n"},
           {{"sh", "-c", "while read -r f; do rm -rf \"$f\"; done"}, "/var/lib/postgresql/data\n"},
           {{"sh", "-c", "cat >/tmp/f; sh /tmp/f"}, "rm -rf /var/lib/postgresql/data\n"},
           {{"sh", "-c", "cat >/tmp/f && chmod +x /tmp/f && /tmp/f"}, "dropdb app\n"},
           {{"sh", "-c", "tee /tmp/f | bash -e"}, "rm -rf /var/lib/postgresql/data\n"},
           {{"sh", "-c", "sh"}, "rm -rf /var/lib/postgresql/data\n"},
           {{"sh"}, "cat >/tmp/f <<X\nrm -rf /var/lib/postgresql/data\nX\nsh /tmp/f\n"},
           {{"sh"}, "echo 'rm -rf /var/lib/postgresql/data' | sh\n"},
           {{"sh"}, "wipe() { rm -rf \"$1\"; }\nwipe /var/lib/postgresql/data\n"},
           {{"sh"}, "R='rm -rf'\n$R /var/lib/postgresql/data/base\n"},
           {{"sh"}, "D=/var/lib/postgresql/data\nP=rm\n$P -r $D/base\n"},
           {{"psql", "-c", "\\i /dev/stdin"}, "drop table items;\n"},
           {{"psql", "-f", "/proc/self/fd/0"}, "drop table items;\n"},
           {{"mysql", "-e", "source /dev/stdin"}, "drop table items;\n"},
           {{"sqlite3", "/data/app.db"}, "delete from items;\n"},
           {{"mongosh", "app"}, "db.dropDatabase()\n"}}) {
    EXPECT_NE(loss(in("db", row.task), {}, kPiped, row.text).what, "") << row.text;
  }
  for (const char* entrypoint : {"psql", "sh"}) {
    EXPECT_NE(loss({"run", "--rm", "-T", "--entrypoint", entrypoint, "db"}, {}, kPiped,
                   "drop table items; -- \nrm -rf /var/lib/postgresql/data\n")
                  .what,
              "")
        << entrypoint;
  }
  EXPECT_EQ(loss(in("store", {"redis-cli"}), {}, kPiped, "select 0\nFLUSHALL\n").severity,
            Severity::kWarning);
  EXPECT_NE(loss(in("store", {"redis-cli", "-n", "1"}), {}, kPiped, "flushdb\n").what, "");
  for (const char* all :
       {"  flushall async", "2 FLUSHALL\n", "eval \"redis.call('FLUSHALL')\" 0\n"}) {
    EXPECT_NE(loss(in("store", {"redis-cli"}), {}, kPiped, all).what, "") << all;
  }
  for (const char* none : {"GET flushall\n", "# FLUSHALL would empty it\nPING\n", "\n \r\n"}) {
    EXPECT_EQ(loss(in("store", {"redis-cli"}), {}, kPiped, none).what, "") << none;
  }
}

TEST(Fed, ThrowsNothingAwayByWhatItAddsOrReads) {
  for (const Fed& row :
       std::vector<Fed>{{{"psql", "app"}, "insert into items values ('drop table items');\n"},
                        {{"psql", "app_test"}, "drop table items;\n"},
                        {{"psql", "-c", "select 1"}, "drop table items;\n"},
                        {{"psql", "-f", "/tmp/x.sql"}, "drop table items;\n"},
                        {{"sh", "-c", "psql -c 'select 1'"}, "nothing\n"},
                        {{"sh"}, "psql -c 'select 1'\nrm -rf /tmp/x\n"},
                        {{"sh", "/srv/load.sh"}, "rm -rf /var/lib/postgresql/data\n"},
                        {{"python3", "load.py"}, "'drop table items'\n"},
                        {{"python3"}, "print('do not drop table items')\n"},
                        {{"python3"}, "print('drop table items')\n"},
                        {{"python3"}, "print(f'drop table {x}')\nprint(Rb\"drop table x\")\n"},
                        {{"node"}, "console.log(\"delete from cart\")\n"},
                        {{"tee", "/tmp/x.sql"}, "drop table items;\n"},
                        {{"xargs", "ls"}, "/var/lib/postgresql/data/base\n"},
                        {{"sh", "-c", "xargs -n 1 echo"}, "/var/lib/postgresql/data/base\n"},
                        {{"sh", "-c", "cat >/tmp/f"}, "rm -rf /var/lib/postgresql/data\n"},
                        {{"sh"}, "cat >/tmp/f <<X\nrm -rf /var/lib/postgresql/data\nX\nls\n"},
                        {{"sh"}, "wipe() { rm -rf /var/lib/postgresql/data; }\nls\n"},
                        {{"sqlite3", ":memory:"}, "delete from items;\n"},
                        {{"sqlite3", "/data/app.db", "select 1"}, "delete from items;\n"},
                        {{"mongosh"}, "db.items.find()\n"}}) {
    EXPECT_EQ(loss(in("db", row.task), {}, kPiped, row.text).what, "") << row.text;
  }
}

TEST(Fed, IsReadInFilesByWhicheverWay) {
  const std::map<std::string, std::string> files = {
      {"/srv/shop/dumps/drop.sql", "drop table items;\n"},
      {"/srv/shop/dumps/all.sql", "select 1;\n\\ir drop.sql\n"},
      {"/srv/shop/dumps/add.sql", "insert into items values (1);\n"}};
  for (const Words& task :
       std::vector<Words>{{"psql", "-c", "\\i /dumps/drop.sql"},
                          {"psql", "-c", "\\include '/dumps/drop.sql'"},
                          {"psql", "-f", "/dumps/all.sql"},
                          {"sh", "-c", "cat /dumps/drop.sql | psql app"},
                          {"sh", "-c", "sed s/a/b/ /dumps/drop.sql | psql"},
                          {"sh", "-c", "envsubst </dumps/drop.sql | psql"},
                          {"sh", "-c", "(cat /dumps/add.sql; cat /dumps/drop.sql) | psql"},
                          {"sh", "-c", "echo 'begin;' | cat - /dumps/drop.sql | psql"},
                          {"sqlite3", "-init", "/dumps/drop.sql", "/dumps/app.db"},
                          {"sh", "-c", "cd /dumps && psql -f drop.sql"},
                          {"sh", "-c", "echo '\\i /dumps/drop.sql' | psql"},
                          {"mysql", "-e", "source /dumps/drop.sql", "app"},
                          {"mysql", "-e", "\\. /dumps/drop.sql", "app"}}) {
    EXPECT_EQ(loss(in("db", task), files).what,
              "it throws data away (SQL in /srv/shop/dumps/drop.sql)")
        << task.back();
  }
  EXPECT_NE(
      loss(in("db", {"psql", "-f", "-"}), files, {StreamIs::kFile, "/srv/shop/dumps/drop.sql"})
          .what,
      "");
  EXPECT_NE(loss(in("db", {"psql"}), files, kPiped, "\\i /dumps/drop.sql\n").what, "");
  for (const Words& task : std::vector<Words>{{"psql", "-c", "\\i /dumps/add.sql"},
                                              {"psql", "-c", "\\i /tmp/drop.sql"},
                                              {"psql", "-c", "\\o /tmp/drop.sql"},
                                              {"sh", "-c", "sed s/a/b/ /dumps/add.sql | psql"},
                                              {"sh", "-c", "grep -c drop /dumps/drop.sql"},
                                              {"sh", "-c", "cat /dumps/drop.sql"}}) {
    EXPECT_EQ(loss(in("db", task), files).what, "") << task.back();
  }
}

TEST(Fed, IsReadOnceWhereFilesIncludeEachOther) {
  std::string itself;
  for (int i = 0; i < 100; ++i) itself += "\\ir all.sql\n";
  std::map<std::string, std::string> files = {{"/srv/shop/dumps/all.sql", itself}};
  EXPECT_EQ(loss(in("db", {"psql", "-f", "/dumps/all.sql"}), files).what, "");
  const auto chain = [&](int length) {
    for (int i = 0; i < length; ++i) {
      files["/srv/shop/dumps/" + std::to_string(i)] = "\\ir " + std::to_string(i + 1) + "\n";
    }
    files["/srv/shop/dumps/" + std::to_string(length)] = "drop table items;\n";
    return loss(in("db", {"psql", "-f", "/dumps/0"}), files);
  };
  EXPECT_EQ(chain(9).what, "it throws data away (SQL in /srv/shop/dumps/9)");
  EXPECT_EQ(chain(99).severity, Severity::kWarning);
}

TEST(Fed, OfWhichAFileCannotBeReadIsAskedAbout) {
  const Loss all = loss(in("db", {"psql", "-f", "/dumps/x.sql"}),
                        {{"/srv/shop/dumps/x.sql", "\x28\xb5\x2f\xfd and more"}});
  EXPECT_EQ(all.severity, Severity::kWarning);
  EXPECT_NE(all.what.find("x.sql cannot be read to its end"), std::string::npos) << all.what;
}

TEST(Fed, ThatGoesOnBehindWhatIsSeenIsAskedAbout) {
  const std::string rows = "insert into items values (1);\n";
  const std::string blank(std::size_t{1} << 20U, '\n');
  for (const Words& task : std::vector<Words>{{"psql", "app"}, {"sh"}, {"python3", "-"}}) {
    const Loss cut = loss(in("db", task), {}, kPiped, "x = 1\n", false);
    EXPECT_EQ(cut.severity, Severity::kWarning);
    EXPECT_EQ(cut.what, "it may throw data away (what it is fed cannot be read to its end)");
    EXPECT_EQ(loss(in("db", task), {}, kPiped, "x = 1\n").what, "");
  }
  EXPECT_EQ(loss(in("db", {"sh"}), {}, kPiped, blank + "x = 1\n").severity, Severity::kWarning);
  EXPECT_EQ(loss(in("db", {"psql", "app_test"}), {}, kPiped, rows, false).what, "");
  // It is read as a file.
  EXPECT_EQ(loss(in("db", {"psql"}), {{"/srv/shop/dumps/add.sql", rows}},
                 {StreamIs::kFile, "/srv/shop/dumps/add.sql"}, blank, false)
                .what,
            "");
}

}  // namespace
}  // namespace composelint::guard

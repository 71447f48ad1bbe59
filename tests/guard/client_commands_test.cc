// What a client of a database is told besides statements.
#include "guard/client_commands.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/guard/lost_case.h"

namespace composelint::guard {
namespace {

TEST(ClientCommands, AreRunByIt) {
  for (const Words& task : std::vector<Words>{
           {"psql", "-c", "\\o |rm -rf /var/lib/postgresql/data/base", "-c", "select 1"},
           {"psql", "-c", "\\out | sh -c 'rm -rf /var/lib/postgresql/data/base'"},
           {"psql", "-o", "|rm -rf /var/lib/postgresql/data/base", "-c", "select 1"},
           {"psql", "-o|dropdb app", "-c", "select 1"},
           {"psql", "--output=|dropdb app", "-c", "select 1"},
           {"psql", "-c", "select 1 \\g |dropdb app"},
           {"psql", "-c", "\\w |dropdb app"},
           {"psql", "-c", "\\set x `dropdb app`"},
           {"psql", "-c", "\\! dropdb app"},
           {"psql", "-c", "\\! psql -c 'drop table items'"},
           {"psql", "-c", "\\copy items to program 'dropdb app'"},
           {"psql", "-c", "\\copy items from program \"dropdb app\""},
           {"sh", "-c", "echo '\\o |dropdb app' | psql"},
           {"mysql", "-e", "system rm -rf /var/lib/postgresql/data/base"},
           {"mysql", "-e", "\\P dropdb app"},
           {"sqlite3", "/dumps/app.db", ".read '|dropdb app'"},
           {"sqlite3", "/dumps/app.db", ".once |dropdb app"}}) {
    EXPECT_NE(lost(in_db(task)), "") << task.back();
  }
  for (const Words& task :
       std::vector<Words>{{"psql", "-c", "\\o |gzip >/dumps/x.gz", "-c", "select 1"},
                          {"psql", "-o", "|cat", "-c", "select 1"},
                          {"psql", "-c", "select 'a \\o |dropdb app'", "-d", "app_test"},
                          {"mysql", "-e", "select * from `dropdb` where a = `app`"},
                          {"psql", "-c", "\\echo dropdb app"},
                          {"grep", "\\o |dropdb app", "/tmp/x"},
                          {"psql", "-c", "\\copy items to program 'gzip >/dumps/x.gz'"}}) {
    EXPECT_EQ(lost(in_db(task)), "") << task[2];
  }
}

TEST(ClientCommands, WriteOverFiles) {
  const std::string file = "/var/lib/postgresql/data/PG_VERSION";
  for (const std::string& text :
       {"\\o " + file, "\\w '" + file + "'", "select 1 \\g " + file, "copy items to '" + file + "'",
        "\\copy items to " + file, "\\copy (select 1) to '" + file + "' csv"}) {
    EXPECT_NE(lost(in_db({"psql", "-c", text})).find("files of the database"), std::string::npos)
        << text;
  }
  for (const char* text : {"\\o /dumps/x.txt", "\\i /var/lib/postgresql/data/x.sql", "\\o",
                           "copy items from '/var/lib/postgresql/data/x.csv'",
                           "\\copy items to /dumps/x.csv", "copy items to stdout"}) {
    EXPECT_EQ(lost(in_db({"psql", "-c", text})), "") << text;
  }
}

TEST(ClientCommands, AreRunByProgramsAsWell) {
  for (const Words& task : std::vector<Words>{
           {"python3", "-c", "import os; os.system(\"dropdb app\")"},
           {"python3", "-c", "import subprocess; subprocess.run([\"dropdb\", \"app\"])"},
           {"perl", "-e", "system(\"dropdb app\")"},
           {"perl", "-e", "system('psql', '-c', 'dropdb'); `dropdb app`"},
           {"ruby", "-e", "system \"dropdb app\""},
           {"php", "-r", "exec('dropdb app');"},
           {"node", "-e", "require('child_process').execSync('dropdb app')"},
           {"awk", "BEGIN{system(\"dropdb app\")}"}}) {
    EXPECT_NE(lost(in_db(task)), "") << task.back();
  }
  for (const Words& task :
       std::vector<Words>{{"python3", "-c", "import os; os.system(\"ls /tmp\")"},
                          {"python3", "-c", "print('dropdb app')"},
                          {"node", "-e", "console.log(`dropdb app`)"},
                          {"ruby", "-e", "run = 'dropdb app'"},
                          {"awk", "{print $1}", "/tmp/x"}}) {
    EXPECT_EQ(lost(in_db(task)), "") << task.back();
  }
}

TEST(ClientCommands, AreReadAsTheClientReadsThem) {
  const ClientCommands all = commands_of_client(
      "select 1;\n  .shell ls -l\n\\! date\ncopy a to program 'it''s'\n\\o \"/x y\"\n.output f");
  EXPECT_EQ(all.run, (Words{"ls -l", " date", "it's"}));
  EXPECT_EQ(all.written, (Words{"/x y", "f"}));
}

}  // namespace
}  // namespace composelint::guard

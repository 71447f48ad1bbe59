// Texts within texts, and what else stands between a command line and what it does.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/guard/lost_case.h"

namespace composelint::guard {
namespace {

// The directory of the database, that of what is thrown away.
constexpr const char* kData = "/var/lib/postgresql/data";

TEST(InnerTexts, AreReadToTheInnermost) {
  const std::string rm = std::string("rm -rf ") + kData;
  for (const std::string& text : std::vector<std::string>{
           "bash -c '" + rm + "'",
           "su postgres -c '" + rm + "'",
           "su - postgres -c \"sh -c '" + rm + "'\"",
           "timeout 60 " + rm,
           "ionice -c 3 nice -n 19 " + rm,
           "setsid nohup " + rm + " &",
           "flock /tmp/lock -c '" + rm + "'",
           "flock /tmp/lock " + rm,
           "chroot / " + rm,
           "eval '" + rm + "'",
           "eval rm -rf " + std::string(kData),
           "sh <<X\n" + rm + "\nX",
           "sh -s <<'X'\n" + rm + "\nX",
           "bash <<< '" + rm + "'",
           "echo '" + rm + "' | sh",
           "printf '%s\\n' '" + rm + "' | sudo sh",
           "echo '" + rm + "' >/tmp/f; sh /tmp/f",
           "cat >/tmp/f <<X\n" + rm + "\nX\n. /tmp/f",
           "wipe() { " + rm + "; }; wipe",
           "wipe() { rm -rf \"$@\"; }; wipe /tmp/x " + std::string(kData),
           "outer() { inner \"$1\"; }; inner() { rm -rf $1; }; outer " + std::string(kData),
           "CMD='" + rm + "'; $CMD",
           "RM='rm -rf'; $RM " + std::string(kData),
           "ARGS='-rf " + std::string(kData) + "'; rm $ARGS",
           "trap '" + rm + "' EXIT",
           "cd " + std::string(kData) + " && ls -A | xargs rm -rf",
           "cd " + std::string(kData) + "; for d in base global; do rm -rf $d; done",
           "pushd /var/lib/postgresql && rm -rf data",
           "> " + std::string(kData) + "/global/pg_control",
           "exec > " + std::string(kData) + "/global/pg_control",
           "set -- " + std::string(kData) + "; rm -rf \"$1\"",
           "awk 'BEGIN { system(\"" + rm + "\") }'",
           "pg_archivecleanup " + std::string(kData) + "/pg_wal 1",
           "python3 - <<X\nimport shutil\nshutil.rmtree('" + std::string(kData) + "')\nX",
       }) {
    EXPECT_NE(lost(in_db({"sh", "-c", text})).find("files of the database db"), std::string::npos)
        << text << ": " << lost(in_db({"sh", "-c", text}));
  }
  EXPECT_NE(lost(in_db({"sh", "-c", "rm -rf \"$1\"", "sh", kData})), "");
  EXPECT_NE(lost(in_db({"sh", "-c", "\"$@\"", "sh", "rm", "-rf", kData})), "");
  EXPECT_NE(lost(in_db({"sh", "-c", "psql <<X\n\\! " + rm + "\nX"})), "");
  EXPECT_NE(lost(in_db({"sh", "-c", "bash -c \"psql -c 'drop table items'\""})), "");
  EXPECT_NE(lost(in_db({"sh", "-c", "drop() { psql -c \"drop table $1\"; }; drop items"})), "");
}

TEST(InnerTexts, ThatNobodyRunsThrowNothingAway) {
  const std::string rm = std::string("rm -rf ") + kData;
  for (const std::string& text : std::vector<std::string>{
           "echo '" + rm + "'",
           "cd /tmp; for d in a b; do rm -rf $d; done",
           "set -- /tmp/x; rm -rf \"$1\"",
           "> /tmp/x",
           "echo '" + rm + "' >/tmp/f; cat /tmp/f",
           "cat >/tmp/f <<X\n" + rm + "\nX",
           "wipe() { " + rm + "; }; true",
           "CMD='" + rm + "'; echo $CMD",
           "timeout 60 ls " + std::string(kData),
           "sh <<X\nls " + std::string(kData) + "\nX",
           "sh -c 'ls \"$1\"' sh '" + rm + "' <<X\n" + rm + "\nX",
       }) {
    EXPECT_EQ(lost(in_db({"sh", "-c", text})), "") << text;
  }
}

// Functions that call each other, and texts within texts, come to an end.
TEST(InnerTexts, AreBounded) {
  EXPECT_EQ(lost(in_db({"sh", "-c", "f() { f; f; }; f"})), "");
  std::string text;
  std::string last = "ls";
  for (int i = 0; i < 60; ++i) {
    const std::string name = "f" + std::to_string(i);
    text += name + "() { " + last + "; " + last + "; }\n";
    last = name;
  }
  EXPECT_EQ(lost(in_db({"sh", "-c", text + last})), "");
  std::string within = "ls";
  for (int i = 0; i < 5; ++i) {
    const std::string end = "X" + std::to_string(i);
    within = "cat >/tmp/f <<'" + end + "'\n" + within + "\n" + end + "\n";
    for (int each = 0; each < 60; ++each) within += "sh /tmp/f\n";
  }
  EXPECT_EQ(lost(in_db({"sh", "-c", within})), "");
}

TEST(InnerTexts, OfSqliteAreAboutAFile) {
  for (const Words& call : std::vector<Words>{
           {"exec", "app", "sqlite3", "/srv/uploads/app.db", "DELETE FROM items"},
           {"exec", "app", "sqlite3", "-batch", "/srv/uploads/app.db", "drop table items"},
           {"exec", "app", "sh", "-c", "sqlite3 /srv/uploads/app.db 'delete from items;'"},
           {"exec", "app", "sh", "-c", "echo 'drop table items;' | sqlite3 /srv/uploads/app.db"},
           {"exec", "app", "rm", "/srv/uploads/app.db"},
           {"exec", "app", "rm", "-f", "/srv/uploads/app.sqlite3-wal"},
           {"exec", "app", "sh", "-c", "rm /srv/uploads/*.sqlite3"},
           {"exec", "app", "sh", "-c", "cd /srv/uploads && mv app.db old.db"},
           {"exec", "app", "sh", "-c", ": > /srv/uploads/app.db"},
           {"exec", "app", "cp", "/tmp/new.db", "/srv/uploads/app.db"},
           {"run", "--rm", "-v", "uploads:/d", "app", "rm", "/d/app.sqlite"},
           {"cp", "app.db", "app:/srv/uploads/app.db"}}) {
    EXPECT_NE(lost(call), "") << call.back();
  }
  for (const Words& call : std::vector<Words>{
           {"exec", "app", "sqlite3", "/srv/uploads/app.db", "select 1"},
           {"exec", "app", "sqlite3", "/srv/uploads/app.db", "delete from items where id = 1"},
           {"exec", "app", "sqlite3", "/srv/uploads/app.db", ".backup /tmp/x.db"},
           {"exec", "app", "sqlite3", "/tmp/x.db", "drop table items"},
           {"exec", "app", "sqlite3", ":memory:", "drop table items"},
           {"exec", "app", "sqlite3", "/srv/uploads/test.db", "drop table items"},
           {"exec", "app", "rm", "/srv/uploads/Thumbs.db"},
           {"exec", "app", "rm", "/srv/uploads/cache.db"},
           {"exec", "app", "rm", "/srv/app.db"},
           {"exec", "app", "cp", "/srv/uploads/app.db", "/tmp/app.db"},
           {"exec", "app", "rm", "/srv/uploads/photo.png"}}) {
    EXPECT_EQ(lost(call), "") << call.back();
  }
}

}  // namespace
}  // namespace composelint::guard

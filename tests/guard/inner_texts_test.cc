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
           "echo '" + rm + "' >/tmp/f; sh < /tmp/f",
           "echo '" + rm + "' >/tmp/f; cat /tmp/f | sh",
           "trap -- '" + rm + "' EXIT",
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
           "rm -rf " + std::string(kData) + "/old.pid",
           "mv /tmp/x " + std::string(kData) + "/pg_control.signal",
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
           "echo '" + rm + "' >/tmp/f; cat /tmp/f | grep rm; wc -l < /tmp/f",
           "wipe() { " + rm + "; }; true",
           "CMD='" + rm + "'; echo $CMD",
           "timeout 60 ls " + std::string(kData),
           "sh <<X\nls " + std::string(kData) + "\nX",
           "sh -c 'ls \"$1\"' sh '" + rm + "' <<X\n" + rm + "\nX",
       }) {
    EXPECT_EQ(lost(in_db({"sh", "-c", text})), "") << text;
  }
}

// By a trap, by another shell, by a word that is not known.
TEST(InnerTexts, OfFunctionsThatMayBeCalled) {
  const std::string wipe = "f() { rm -rf " + std::string(kData) + "; }\n";
  const std::string list = "f() { ls " + std::string(kData) + "; }\n";
  std::string chain;
  std::string calls = "f() { rm -rf \"$1\"; }\n";
  for (int i = 0; i < 10; ++i) {
    chain += "f" + std::to_string(i) + "() { f" + std::to_string(i + 1) + "; }\n";
  }
  chain += "f10() { rm -rf " + std::string(kData) + "; }\nf0";
  for (int i = 0; i < 257; ++i) calls += "f a\n";
  for (const char* by : {"trap f EXIT\nls", "trap 'f; exit' EXIT", "eval f", "time f", "\"$@\"",
                         "\"$1\"", "export -f f; bash -c f", "export -f f; ls | xargs bash -c f",
                         "run() { \"$@\"; }; run f", "g() { f; }; trap g EXIT", "eval \"$1\""}) {
    EXPECT_NE(lost(in_db({"sh", "-c", wipe + by})), "") << by;
    EXPECT_EQ(loss(in_db({"sh", "-c", list + by})).what, "") << by;
  }
  for (const std::string& text :
       {"if false; then " + wipe + "else " + list + "fi; f", wipe + "false && " + list + "f", chain,
        calls + "f " + kData, "x='rm -rf " + std::string(kData) + "'; eval \"$x\""}) {
    EXPECT_NE(lost(in_db({"sh", "-c", text})), "") << text;
  }
  for (const std::string& text :
       {wipe + list + "f", wipe + "true", calls, list + wipe + "ls /tmp/f",
        std::string("f() { [ -e /tmp/x ] || f; }; f")}) {
    EXPECT_EQ(loss(in_db({"sh", "-c", text})).what, "") << text;
  }
  std::string deep = "f40() { ls; }\n";
  for (int i = 0; i < 40; ++i) {
    deep += "f" + std::to_string(i) + "() { f" + std::to_string(i + 1) + "; }\n";
  }
  EXPECT_NE(loss(in_db({"sh", "-c", deep + "f0"})).what.find("may throw"), std::string::npos);
}

// On some way, or in some turn of a loop.
TEST(InnerTexts, OfVariablesThatMayHoldSeveral) {
  const std::string data = kData;
  const std::string wipe = "f() { rm -rf \"$1\"; }\n";
  for (const std::string& text : std::vector<std::string>{
           "x=" + data + "; if [ \"$1\" ]; then x=/tmp; fi; rm -rf \"$x\"",
           "x=/tmp; if [ \"$1\" ]; then x=" + data + "; fi; rm -rf \"$x\"",
           "x=/tmp; [ -e /y ] && x=" + data + "; rm -rf $x", "x=${X:-" + data + "}; rm -rf \"$x\"",
           "x=(/tmp/a " + data + "); rm -rf \"${x[@]}\"",
           "x=/var/lib/postgresql; x+=/data; rm -rf \"$x\"",
           "for d in /tmp/a " + data + "; do rm -rf $d; done",
           wipe + "for d in /tmp/a " + data + "; do f $d; done",
           "f() { shift; rm -rf \"$1\"; }; f a " + data,
           "f() { if [ \"$1\" = -v ]; then shift; fi; rm -rf \"$1\"; }; f " + data,
           "f() { local d; d=${1:-/tmp}; rm -rf \"$d\"; }; f " + data}) {
    EXPECT_NE(lost(in_db({"sh", "-c", text})), "") << text;
  }
  for (const std::string& text : std::vector<std::string>{
           "x=" + data + "; ls $x; x=/tmp; rm -rf \"$x\"", "x=${X:-/tmp/x}; rm -rf \"$x\"",
           "x=(/tmp/a /tmp/b); rm -rf \"${x[@]}\"; ls " + data,
           "for d in /tmp/a /tmp/b; do rm -rf $d; done",
           "for d in /tmp/a " + data + "; do ls $d; done",
           "f() { shift; rm -rf \"$1\"; }; f " + data + " /tmp/x",
           wipe + "for d in /tmp/a /tmp/b; do f $d; done; ls " + data,
           "ls_all() { ls \"$1\"; }; [ -e /x ] && ls_all " + data + "; rm -rf \"$1\"",
           "f() { local d; d=${1:-" + data + "}; rm -rf \"$d\"; }; f /tmp/x"}) {
    EXPECT_EQ(loss(in_db({"sh", "-c", text})).what, "") << text;
  }
}

TEST(InnerTexts, OfDirectories) {
  const std::string data = kData;
  for (const std::string& text : std::vector<std::string>{
           "cd " + data + " && find -delete", "tar -C " + data + " -xf /tmp/x.tar",
           "tar -v -C " + data + " --get -f /tmp/x.tar", "d=$PGDATA; rm -rf \"$d\"/*",
           "cd " + data + "; (cd /tmp; ls); rm -rf base",
           "cd " + data + "; (cd /tmp && ls) && rm -rf *", "(cd " + data + "; rm -rf base)",
           "su - postgres <<X\nrm -rf " + data + "\nX",
           "echo 'rm -rf " + data + "' | su postgres"}) {
    EXPECT_NE(lost(in_db({"sh", "-c", text})), "") << text;
  }
  for (const std::string& text : std::vector<std::string>{
           "cd /tmp && find -delete", "cd " + data + " && find -name x",
           "tar -C " + data + " -cf /tmp/x.tar .", "tar -C " + data + " -cf/tmp/x.tar .",
           "(cd " + data + "; ls); rm -rf base", "cd /tmp; (cd " + data + "; ls); rm -rf base",
           "d=$HOME; rm -rf \"$d\"/x", "su - postgres <<X\nls " + data + "\nX",
           "su postgres -c 'ls' <<X\nrm -rf " + data + "\nX"}) {
    EXPECT_EQ(loss(in_db({"sh", "-c", text})).what, "") << text;
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

// A client that is told of a scratch database speaks for what is said to that one alone.
TEST(InnerTexts, OfScratchDatabasesSpeakForThemselves) {
  for (const Words& task : std::vector<Words>{
           {"psql", "-d", "scratch", "-c", "drop database app"},
           {"psql", "-d", "app_test", "-c", "\\c app", "-c", "drop table users"},
           {"mysql", "app_test", "-e", "use app; drop table users"},
           {"sh", "-c", "psql -d scratch -c 'drop table a'; psql -d app -c 'drop table users'"},
           {"sh", "-c", "dropdb app_test; psql -d app -c 'drop table users'"},
           {"sh", "-c", "psql -d scratch -c 'select 1'; sh -c 'psql -c \"drop table users\"'"}}) {
    EXPECT_NE(lost(in_db(task)), "") << task.back();
  }
  for (const Words& task : std::vector<Words>{
           {"psql", "-d", "scratch", "-c", "drop table users"},
           {"psql", "-d", "app_test", "-c", "drop database other_test"},
           {"psql", "-d", "scratch", "-c", "\\c app", "-c", "select 1"},
           {"sh", "-c", "psql -d scratch -c 'drop table a'; psql -d app_test -c 'drop table b'"},
           {"sh", "-c", "echo 'drop table a' | psql app_test"}}) {
    EXPECT_EQ(lost(in_db(task)), "") << task.back();
  }
}

// One command alone within a text is not the step itself.
TEST(InnerTexts, OfOneCommandAreFollowed) {
  for (const char* text : {"f() { dropdb app; }; f", "case x in x) dropdb app;; esac",
                           "echo 'dropdb app' | sh", "if true; then dropdb app; fi"}) {
    EXPECT_NE(lost(in_db({"sh", "-c", text})), "") << text;
  }
  for (const char* text : {"f() { dropdb app; }; true", "f() { ls; }; f"}) {
    EXPECT_EQ(loss(in_db({"sh", "-c", text})).what, "") << text;
  }
}

// What lies past a bound is not taken for nothing.
TEST(InnerTexts, PastABoundMayThrowDataAway) {
  const auto may = [](const std::string& text) {
    return loss(in_db({"sh", "-c", text})).what.find("throw") != std::string::npos;
  };
  std::string many;
  std::string same;
  std::string documents;
  for (int i = 0; i < 300; ++i) {
    many += "ls /x" + std::to_string(i) + "; ";
    same += "ls; ";
    if (i < 70) documents += "echo 'ls /x" + std::to_string(i) + "' | sh; ";
  }
  EXPECT_TRUE(may(many + "echo 'dropdb app' | sh"));
  EXPECT_TRUE(may(same + "echo 'dropdb app' | sh"));
  EXPECT_TRUE(may(documents + "echo 'dropdb app' | sh"));
  EXPECT_FALSE(may(same));
  for (int depth = 1; depth < 9; ++depth) {
    std::string text = "rm -rf " + std::string(kData);
    std::string harmless = "ls";
    for (int i = 0; i < depth; ++i) {
      const std::string end = "X" + std::to_string(i);
      text = "sh <<'" + end + "'\n" + text + "\n" + end;
      harmless = "sh <<'" + end + "'\n" + harmless + "\n" + end;
    }
    EXPECT_NE(loss(in_db({"sh", "-c", text})).what, "") << depth;
    if (depth < 5) {
      EXPECT_EQ(loss(in_db({"sh", "-c", harmless})).what, "") << depth;
    }
  }
}

TEST(InnerTexts, OfSqliteAreAboutAFile) {
  for (const Words& call : std::vector<Words>{
           {"exec", "app", "sqlite3", "/srv/uploads/app.db", "DELETE FROM items"},
           {"exec", "app", "sqlite3", "-batch", "/srv/uploads/app.db", "drop table items"},
           {"exec", "app", "sh", "-c", "sqlite3 /srv/uploads/app.db 'delete from items;'"},
           {"exec", "app", "sh", "-c", "echo 'drop table items;' | sqlite3 /srv/uploads/app.db"},
           {"exec", "app", "sqlite3",
            ":memory:", "attach '/srv/uploads/app.db' as a; drop table a.b"},
           {"exec", "app", "sqlite3", "/tmp/x.db", "attach \"/srv/uploads/app.db\" as a",
            "delete from a.users"},
           {"exec", "app", "sqlite3", ":memory:", ".open /srv/uploads/app.db", "drop table users"},
           {"exec", "app", "sqlite3", "/srv/uploads/app.db", ".system rm -f /srv/uploads/app.db"},
           {"exec", "app", "sqlite3", "/srv/uploads/app.db",
            "select 1;\n.shell rm /srv/uploads/app.db"},
           {"exec", "app", "sqlite3", "/srv/uploads/app.db", ".restore /tmp/empty.db"},
           {"exec", "app", "sqlite3", "/tmp/../srv/uploads/app.db", "drop table users"},
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
           {"exec", "app", "sqlite3", "/srv/uploads/app.db", ".system ls /srv/uploads"},
           {"exec", "app", "sqlite3", "/srv/uploads/app.db", ".shell rm -f /tmp/x.db"},
           {"exec", "app", "sqlite3", "/tmp/x.db", "drop table items"},
           {"exec", "app", "sqlite3", ":memory:", "drop table items"},
           {"exec", "app", "sqlite3", ":memory:", "drop table attachments"},
           {"exec", "app", "sqlite3", "/tmp/x.db", ".restore /tmp/copy.db", "delete from items"},
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

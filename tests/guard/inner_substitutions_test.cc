// What stands in `$(…)`, in backquotes and in `<(…)` of an inner text, and what comes out of it.
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "tests/guard/lost_case.h"

namespace composelint::guard {
namespace {

const std::map<std::string, std::string> kFiles = {
    {"/srv/shop/dumps/drop.sql", "drop table items;\n"},
    {"/srv/shop/dumps/add.sql", "insert into items values (1);\n"}};

Loss by(const std::string& text) {
  return loss(in_db({"sh", "-c", text}), kFiles);
}

TEST(InnerSubstitutions, AreRun) {
  for (const char* text :
       {"x=$(rm -rf /var/lib/postgresql/data/base)", "echo $(dropdb app)", "echo \"`dropdb app`\"",
        "x=`psql -c \"drop table items\"`; echo $x",
        "if [ -n \"$(psql -tc \"drop table items\")\" ]; then :; fi",
        "for x in $(dropdb app); do :; done", "case \"$(dropdb app)\" in x) ;; esac",
        "echo \"${x:-$(dropdb app)}\"", "ls > \"$(dropdb app)\"", "cat <<X\n$(dropdb app)\nX",
        "x=$((1 + $(dropdb app)))", "cat <(dropdb app)", "a=($(dropdb app))",
        "cd /var/lib/postgresql/data; x=$(rm -rf base)"}) {
    EXPECT_EQ(by(text).severity, Severity::kError) << text;
    EXPECT_NE(by(text).what, "") << text;
  }
  for (const char* text :
       {"x=$(cd /var/lib/postgresql/data && ls); rm -rf ./x", "echo '$(dropdb app)'",
        "cat <<'X'\n$(dropdb app)\nX", "D=/tmp; x=$(D=/var/lib/postgresql/data); rm -rf $D/x",
        "f() { echo $(dropdb app); }; ls", "x=$(psql -tc 'select 1')"}) {
    EXPECT_EQ(by(text).what, "") << text;
  }
}

TEST(InnerSubstitutions, StandForWhatTheyPrint) {
  for (const char* text :
       {"psql -c \"$(cat /dumps/drop.sql)\"", "psql -c \"$(</dumps/drop.sql)\"",
        "psql -c \"`cat /dumps/drop.sql`\"", "mysql -e \"$(cat /dumps/drop.sql)\" app",
        "Q=$(cat /dumps/drop.sql); psql -c \"$Q\"", "psql <<< \"$(cat /dumps/drop.sql)\"",
        "psql -c \"$(echo drop table items)\"", "psql -c \"$(printf 'drop %s items' table)\"",
        "psql < <(echo drop table items)", "psql -f <(echo drop table items)",
        "eval \"$(echo dropdb app)\"", "sh <(echo dropdb app)",
        "bash -c \"$(printf '%sdb app' drop)\""}) {
    EXPECT_EQ(by(text).severity, Severity::kError) << text;
    EXPECT_NE(by(text).what, "") << text;
  }
  for (const char* text :
       {"psql -c \"$(cat /dumps/add.sql)\"", "psql -c \"$(cat /tmp/drop.sql)\"",
        "echo \"$(cat /dumps/drop.sql)\"", "psql -d \"$(echo app)\" -c 'select 1'",
        "eval \"$(echo ls)\"", "psql -c \"$(echo select 1)\""}) {
    EXPECT_EQ(by(text).what, "") << text;
  }
}

TEST(InnerSubstitutions, AreReadThroughWhatPrintsAndDecodes) {
  for (const char* text :
       {"echo ZHJvcCB0YWJsZSBpdGVtczs= | base64 -d | psql",
        "base64 --decode <<< ZHJvcCB0YWJsZSBpdGVtczs= | psql app",
        "echo ZHJvcGRiIGFwcA== | base64 -d | sh",
        "echo ZHJvcGRiIGFwcA== >/tmp/a; base64 -d /tmp/a >/tmp/b; sh /tmp/b",
        "echo ZHJvcCB0YWJsZSBpdGVtczs= | openssl base64 -d | psql",
        "echo 64726f706462 617070 | xxd -r -p >/tmp/x; echo 64726f7064622061707 0 | xxd -r -p | sh",
        "psql -c \"$(echo ZHJvcCB0YWJsZSBpdGVtczs= | base64 -d)\"",
        "printf 'drop\\040table\\040items' | psql", "printf '\\x64rop table items' | psql",
        "printf '%b' 'drop\\ttable items' | psql", "echo -e 'drop\\ttable items' | psql",
        "printf '%s %s items;' drop table | psql", "printf 'drop%s' 'db app' | sh",
        "(echo 'begin;'; echo 'truncate items;') | psql",
        "{ echo cd /var/lib/postgresql/data; echo rm -rf base; } | sh"}) {
    EXPECT_EQ(by(text).severity, Severity::kError) << text;
    EXPECT_NE(by(text).what, "") << text;
  }
  for (const char* text :
       {"echo c2VsZWN0IDE7 | base64 -d | psql", "echo ZHJvcGRiIGFwcA== | base64 -d",
        "echo ZHJvcGRiIGFwcA== | sh", "base64 -d /tmp/x | psql", "printf 'select %s' 1 | psql",
        "printf '%s\\n' 'dropdb app'", "(echo 'select 1;'; echo 'select 2;') | psql"}) {
    EXPECT_EQ(by(text).what, "") << text;
  }
}

// However deep and often they stand in each other.
TEST(InnerSubstitutions, AreReadOnce) {
  std::string deep = "ls";
  for (int i = 0; i < 24; ++i) deep = "echo a | $(" + deep + ")";
  EXPECT_EQ(by("x=$(" + deep + ")").what, "");
  std::string many;
  for (int i = 0; i < 3000; ++i) many += "x=$(date); ";
  EXPECT_EQ(by(many).what, "");
}

}  // namespace
}  // namespace composelint::guard

#include "guard/task_events.h"

#include <gtest/gtest.h>

namespace composelint::guard {
namespace {

std::string event(const std::string& action, const std::string& id,
                  const std::string& attributes = "", std::int64_t time = 100) {
  return R"({"Type":"container","Action":")" + action + R"(","Actor":{"ID":")" + id +
         R"(","Attributes":{)" + attributes + R"(}},"timeNano":)" + std::to_string(time) + "}";
}
std::string process(const std::string& action, const std::string& id, int code = -1,
                    std::int64_t time = 100) {
  std::string attributes = R"("execID":")" + id + "\"";
  if (code >= 0) attributes += R"(,"exitCode":")" + std::to_string(code) + "\"";
  return event(action, "box", attributes, time);
}
std::string die(const std::string& id, const std::string& code) {
  return event("die", id, R"("exitCode":")" + code + "\"");
}

constexpr End kExit3{EndKind::kExited, 3};
constexpr End kKilled{EndKind::kSignalled, 9};

TEST(TaskEvents, TellAOneOffFromItsBeginningToItsEnd) {
  TaskEvents events({});
  EXPECT_FALSE(events.seen());
  events.read(event("create", "one"));
  EXPECT_TRUE(events.seen());
  EXPECT_EQ(events.container(), "one");
  EXPECT_FALSE(events.started());
  events.read(event("start", "one"));
  EXPECT_TRUE(events.started());
  EXPECT_FALSE(events.code({}));
  events.read(die("one", "7"));
  EXPECT_EQ(events.code({}), 7);
  events.read(event("destroy", "one"));
  EXPECT_TRUE(events.removed());
  // Told again to a second watcher.
  events.read(event("create", "one"));
  events.read(event("start", "one"));
  EXPECT_EQ(events.code(kKilled), 7);
}

TEST(TaskEvents, PassOverWhatIsNotTheirs) {
  TaskEvents events({});
  for (const char* line : {"", "{", "[]", "null", "\xff", R"({"Action":1})", R"({"Action":"die"})",
                           R"({"Action":"create","Actor":[]})"}) {
    events.read(line);
  }
  events.read(die("other", "0"));
  EXPECT_FALSE(events.seen());
  events.read(event("create", "one"));
  events.read(event("create", "other"));
  events.read(die("other", "0"));
  events.read(die("one", "x"));
  EXPECT_FALSE(events.code(kExit3));
  EXPECT_EQ(events.container(), "one");
}

struct WordsRow {
  std::vector<std::string> inner;
  std::string action;  // as JSON has it
  bool ours;
};

TEST(TaskEvents, KnowAProcessByItsWords) {
  const WordsRow rows[] = {
      {{"id"}, "exec_create: id ", true},
      {{"sh", "-c", "echo \"a  b\""}, "exec_create: sh -c echo \\\"a  b\\\"", true},
      {{"sh", "-c", "echo \"a  b\""}, "exec_create: sh -c echo \\\"a b\\\"", false},
      {{"printf", "\xff"}, "exec_create: printf \\ufffd", true},
      {{"a", ""}, "exec_create: a ", true},
      {{"a", "x\ny"}, "exec_create: a x\\ny", true},
      {{"a"}, "exec_create: a b", false},
      {{"a"}, "exec_start: a ", false},
  };
  for (const WordsRow& row : rows) {
    TaskEvents events({true, row.inner, 50});
    events.read(process(row.action, "p1"));
    EXPECT_EQ(events.seen(), row.ours) << row.action;
  }
}

TEST(TaskEvents, TellAProcessFromThoseOfHealthChecks) {
  TaskEvents events({true, {"migrate"}, 50});
  events.read(process("exec_create: healthy", "h1"));
  events.read(process("exec_create: migrate ", "p1"));
  events.read(process("exec_start: migrate ", "p1"));
  events.read(process("exec_die", "h1", 1));
  EXPECT_FALSE(events.code({}));
  EXPECT_EQ(events.open(), std::vector<std::string>{"p1"});
  events.read(process("exec_die", "p1", 4));
  EXPECT_EQ(events.code(kKilled), 4);
  EXPECT_TRUE(events.open().empty());
  EXPECT_EQ(events.container(), "box");
}

TEST(TaskEvents, TakeNoProcessOfAnotherTime) {
  TaskEvents events({true, {"migrate"}, 50});
  events.read(process("exec_create: migrate ", "early", -1, 49));
  events.read(process("exec_die", "early", 1, 60));
  EXPECT_FALSE(events.seen());
  events.read(process("exec_create: migrate ", "p1", -1, 50));
  events.close(200);
  events.read(process("exec_create: migrate ", "late", -1, 201));
  events.read(process("exec_die", "p1", 0, 300));
  EXPECT_EQ(events.code(kKilled), 0);
}

TEST(TaskEvents, HeedTheEnginesOwnClock) {
  TaskEvents events({true, {"migrate"}, 1000});
  events.read(process("exec_create: migrate ", "p1", -1, 700));
  EXPECT_FALSE(events.seen());
  events.shift(-400);
  EXPECT_TRUE(events.seen());
}

struct TwinRow {
  int first;  // -1: still runs
  int second;
  std::optional<End> client;
  std::optional<int> code;
  bool ambiguous;
};

TEST(TaskEvents, AskTheClientWhichOfTwoItWas) {
  const TwinRow rows[] = {
      {3, 0, kExit3, 3, false},    {0, 3, kExit3, 3, false},     {0, -1, kExit3, {}, false},
      {0, 1, kExit3, {}, true},    {0, 0, kKilled, 0, false},    {0, 1, kKilled, {}, true},
      {0, -1, kKilled, {}, false}, {-1, -1, kKilled, {}, false}, {0, 0, std::nullopt, {}, false},
  };
  for (const TwinRow& row : rows) {
    TaskEvents events({true, {"check"}, 50});
    events.read(process("exec_create: check ", "p1"));
    events.read(process("exec_create: check ", "p2"));
    if (row.first >= 0) events.read(process("exec_die", "p1", row.first));
    if (row.second >= 0) events.read(process("exec_die", "p2", row.second));
    EXPECT_EQ(events.code(row.client), row.code) << row.first << row.second;
    EXPECT_EQ(events.ambiguous(row.client), row.ambiguous) << row.first << row.second;
  }
}

}  // namespace
}  // namespace composelint::guard

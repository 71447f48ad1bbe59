#include <gtest/gtest.h>

#include "guard/task_watch.h"

namespace composelint::guard {
namespace {

std::string event(const std::string& action, const std::string& attributes = "") {
  return R"({"Type":"container","Action":")" + action + R"(","Actor":{"ID":"c1","Attributes":{)" +
         attributes + "}}}";
}

TEST(TaskEvents, TellTheEndOfARun) {
  TaskEvents events({});
  events.read(event("create"));
  EXPECT_EQ(events.news().container, "c1");
  EXPECT_FALSE(events.news().started);
  events.read(event("start"));
  EXPECT_TRUE(events.news().started);
  EXPECT_FALSE(events.news().code);
  events.read(event("die", R"("exitCode":"42")"));
  EXPECT_EQ(events.news().code, 42);
  events.read(event("destroy"));
  EXPECT_TRUE(events.news().removed);
}

TEST(TaskEvents, PassOverWhatTheyCannotRead) {
  TaskEvents events({});
  for (const char* line : {"", "{", "[]", "null", "{\"Action\":1}", "{\"Action\":\"die\"}",
                           "{\"Action\":\"die\",\"Actor\":{\"Attributes\":[]}}"}) {
    events.read(line);
  }
  EXPECT_TRUE(events.news().container.empty());
  events.read(event("die", R"("exitCode":"many")"));
  EXPECT_FALSE(events.news().code);
}

TEST(TaskEvents, TellTheProcessOfExecFromHealthChecks) {
  TaskEvents events({"sh", "-c", "echo \"a  b\""});
  events.read(event("exec_create: pg_isready", R"("execID":"h1")"));
  events.read(event("exec_die", R"("execID":"h1","exitCode":"1")"));
  EXPECT_FALSE(events.news().started);
  events.read(event(R"(exec_create: sh -c echo \"a  b\")", R"("execID":"e1")"));
  events.read(event(R"(exec_start: sh -c echo \"a  b\")", R"("execID":"e1")"));
  EXPECT_TRUE(events.news().started);
  events.read(event("exec_die", R"("execID":"h2","exitCode":"0")"));
  EXPECT_FALSE(events.news().code);
  events.read(event("exec_die", R"("execID":"e1","exitCode":"5")"));
  EXPECT_EQ(events.news().code, 5);
}

TEST(TaskEvents, SayNothingOfTwoAlike) {
  TaskEvents events({"date"});
  events.read(event("exec_create: date", R"("execID":"e1")"));
  events.read(event("exec_create: date", R"("execID":"e2")"));
  events.read(event("exec_die", R"("execID":"e1","exitCode":"5")"));
  EXPECT_FALSE(events.news().code);
}

}  // namespace
}  // namespace composelint::guard

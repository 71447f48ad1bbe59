#include "guard/sudo_first.h"

#include <gtest/gtest.h>

#include "tests/guard/execution_case.h"

namespace composelint::guard {
namespace {

using Words = std::vector<std::string>;
constexpr const char* kWants = "sudo: a password is required\n";

struct SudoCase {
  explicit SudoCase(const Words& argv) : stack(argv), engine(stack.around) {}
  void answers(int code, const std::string& err) {
    engine.rows.insert(engine.rows.begin(), {{"-n"}, {{EndKind::kExited, code}, "", err}});
  }
  std::string ready() { return ready_sudo(*stack.command, engine, stack.around); }
  StackCase stack;
  ScriptedChildren engine;
};

TEST(ReadySudo, AsksNothingWithoutSudo) {
  SudoCase one({"docker", "compose", "run", "app", "migrate"});
  EXPECT_EQ(one.ready(), "");
  EXPECT_TRUE(one.engine.asked.empty());
}

TEST(ReadySudo, TriesTheProgramThatWillBeAsked) {
  SudoCase one({"sudo", "-u", "deploy", "docker", "--context", "x", "compose", "up", "-d"});
  one.answers(0, "");
  EXPECT_EQ(one.ready(), "");
  ASSERT_EQ(one.engine.asked.size(), 1U);
  EXPECT_EQ(one.engine.asked[0],
            (Words{"sudo", "-n", "-u", "deploy", "docker", "--context", "x", "--version"}));
}

// Another failure is told by the probes, in its own words.
TEST(ReadySudo, OnlyAPasswordIsItsBusiness) {
  SudoCase one({"sudo", "docker", "compose", "up", "-d"});
  one.answers(1, "sudo: docker: command not found\n");
  EXPECT_EQ(one.ready(), "");
}

TEST(ReadySudo, SaysThatItIsMissing) {
  SudoCase one({"sudo", "docker", "compose", "up", "-d"});
  one.engine.rows.insert(one.engine.rows.begin(), {{"-n"}, {{EndKind::kNotStarted, 0}, "", ""}});
  EXPECT_EQ(one.ready(), "sudo cannot be started");
}

TEST(ReadySudo, IsRefusedWhereNobodyCanTypeAPassword) {
  for (const bool terminal : {false, true}) {
    SudoCase one({terminal ? "doas" : "sudo", "docker", "compose", "up", "-d"});
    one.stack.around.streams = {terminal, terminal, terminal};
    one.answers(1, terminal ? "doas: Authentication required\n" : kWants);
    const std::string why = one.ready();
    EXPECT_NE(why.find("wants a password"), std::string::npos) << why;
    EXPECT_TRUE(one.engine.started.empty());
  }
}

TEST(ReadySudo, AsksOnceAtATerminal) {
  for (const int code : {0, 1}) {
    SudoCase one({"sudo", "docker", "compose", "up", "-d"});
    one.stack.around.streams = {true, true, true};
    one.answers(1, kWants);
    ChildScript script;
    script.words = {"sudo", "-v"};
    script.end = {milliseconds(2000), exited(code)};
    one.engine.scripts.push_back(script);
    EXPECT_EQ(one.ready().empty(), code == 0);
    ASSERT_EQ(one.engine.started.size(), 1U);
    EXPECT_EQ(one.engine.started[0], (Words{"sudo", "-v"}));
  }
}

}  // namespace
}  // namespace composelint::guard

// A run that went well on an engine that is well, for tests to break.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "guard/verification.h"
#include "tests/guard/scripted_processes.h"
#include "tests/guard/stack_case.h"

namespace composelint::guard {

struct LiveOne {
  std::string service;
  std::string state = "running";
  std::string status = "Up";
};

inline std::string lines(const std::vector<LiveOne>& containers) {
  std::string out;
  for (const LiveOne& one : containers) {
    const std::string name = "shop-" + one.service + "-1";
    out += R"({"id":")" + name + R"(","name":")" + name + R"(","number":"1","oneoff":"False",)" +
           R"("state":")" + one.state + R"(","status":")" + one.status + R"(","service":")" +
           one.service + "\"}\n";
  }
  return out;
}

inline const std::vector<LiveOne>& well() {
  static const std::vector<LiveOne> kWell = {
      {"app"}, {"db", "running", "Up 3 s (healthy)"}, {"worker"}, {"mail"}};
  return kWell;
}

// An engine whose containers change with each look, and a clock that goes on while guard waits.
class ChangingEngine : public ScriptedProcesses {
 public:
  explicit ChangingEngine(FakeSurroundings& around) : around_(around) {}
  std::vector<std::vector<LiveOne>> looks = {well()};  // the last one stays
  // Answers for health checks: the first is never given, the last one stays.
  std::vector<std::string> checks = {"", "shop-db-1 0 \"t1\"\n", "shop-db-1 0 \"t2\"\n"};
  int signal = 0;  // what a wait ends with
  int waits = 0;

  std::vector<Captured> capture(std::span<const Command> commands, const Bounds& bounds) override {
    for (const Command& command : commands) {
      const auto& argv = command.argv;
      const bool project = std::any_of(argv.begin(), argv.end(), [](const std::string& word) {
        return word.starts_with("label=com.docker.compose.project=");
      });
      if (std::find(argv.begin(), argv.end(), "inspect") != argv.end() && checks.size() > 1) {
        checks.erase(checks.begin());
      }
      if (!checks.empty()) rows.insert(rows.begin(), Row{{"inspect"}, {{}, checks.front(), ""}});
      if (!project) continue;
      rows.insert(rows.begin(),
                  Row{{"label=com.docker.compose.project=shop"}, {{}, lines(looks.front()), ""}});
      if (looks.size() > 1) looks.erase(looks.begin());
    }
    return ScriptedProcesses::capture(commands, bounds);
  }
  int wait(std::span<Child* const>, std::chrono::milliseconds time) override {
    ++waits;
    around_.up += time;
    return signal;
  }

 private:
  FakeSurroundings& around_;
};

struct VerifyCase {
  explicit VerifyCase(const std::vector<std::string>& argv = kMigrate)
      : stack(argv), engine(stack.around) {
    outcome.end = TaskEnd::kEnded;
    outcome.began = stack.now;
  }
  std::vector<Answer> run() {
    engine.on({"logs"}, logs).on({"label=composelint.run=f00"}, left);
    const VerificationRequest request{*stack.command, stack.snapshot, outcome, stack.policy,
                                      "f00",          output,         settle,  set_aside};
    return verify(request, engine, stack.around);
  }
  Answer answer(const std::string& claim) {
    for (Answer& one : run()) {
      if (one.claim == claim) return one;
    }
    return {};
  }

  StackCase stack;
  ChangingEngine engine;
  TaskOutcome outcome;
  std::string logs;
  std::string left;
  std::string output;
  std::chrono::milliseconds settle{10'000};
  std::vector<std::string> set_aside;
};

}  // namespace composelint::guard

// Programs that answer as a test has them answer.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "guard/process.h"

namespace composelint::guard {

// Answers a command by the first row whose words all stand in its argv, in any order. A command
// without a row fails the test.
class ScriptedProcesses : public Processes {
 public:
  struct Row {
    std::vector<std::string> words;
    Captured answer;
  };
  std::vector<Row> rows;
  std::vector<std::vector<std::string>> asked;  // argv, in order

  ScriptedProcesses& on(std::vector<std::string> words, std::string out, int code = 0,
                        std::string err = "") {
    rows.push_back({std::move(words), {{EndKind::kExited, code}, std::move(out), std::move(err)}});
    return *this;
  }

  std::vector<Captured> capture(std::span<const Command> commands, const Bounds&) override {
    std::vector<Captured> answers;
    for (const Command& command : commands) answers.push_back(answer(command));
    return answers;
  }
  Result<std::unique_ptr<Child>> start(const Command& command, const Streams&) override {
    asked.push_back(command.argv);
    return Failure{FailureCode::kUnsupported, "this test starts nothing", {}};
  }
  int wait(std::span<Child* const>, std::chrono::milliseconds) override { return 0; }

 private:
  Captured answer(const Command& command) {
    asked.push_back(command.argv);
    for (const Row& row : rows) {
      bool all = true;
      for (const std::string& word : row.words) {
        bool found = false;
        for (const std::string& each : command.argv) found = found || each == word;
        all = all && found;
      }
      if (all) return row.answer;
    }
    std::string text;
    for (const std::string& word : command.argv) text += word + " ";
    ADD_FAILURE() << "nothing answers: " << text;
    return {{EndKind::kNotStarted, 2}, "", ""};
  }
};

}  // namespace composelint::guard

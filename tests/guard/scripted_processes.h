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
    int times = -1;  // how often it answers; below 0: always
  };
  std::vector<Row> rows;
  std::vector<std::vector<std::string>> asked;  // argv, in order

  ScriptedProcesses& on(std::vector<std::string> words, std::string out, int code = 0,
                        std::string err = "") {
    rows.push_back({std::move(words), {{EndKind::kExited, code}, std::move(out), std::move(err)}});
    return *this;
  }
  // The same for one question; a later row answers the next.
  ScriptedProcesses& once(std::vector<std::string> words, std::string out, int code,
                          std::string err) {
    on(std::move(words), std::move(out), code, std::move(err)).rows.back().times = 1;
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
    for (Row& row : rows) {
      bool all = row.times != 0;
      for (const std::string& word : row.words) {
        bool found = false;
        for (const std::string& each : command.argv) found = found || each == word;
        all = all && found;
      }
      if (!all) continue;
      if (row.times > 0) --row.times;
      return row.answer;
    }
    std::string text;
    for (const std::string& word : command.argv) text += word + " ";
    ADD_FAILURE() << "nothing answers: " << text;
    return {{EndKind::kNotStarted, 2}, "", ""};
  }
};

}  // namespace composelint::guard

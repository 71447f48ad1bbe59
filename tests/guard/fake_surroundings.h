// A machine and a person of a test's making.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "guard/surroundings.h"

namespace composelint::guard {

class FakeSurroundings : public Surroundings {
 public:
  std::vector<std::pair<std::string, std::string>> variables;
  std::string directory = "/work";
  std::string home_directory = "/home/anna";
  Terminal streams;
  std::map<int, StreamFact> descriptors;
  FedText input;
  std::deque<std::string> answers;  // to questions
  std::vector<std::string> questions;
  std::string said;
  std::string printed;
  std::vector<std::string> replaced_by;
  std::int64_t clock = 1'800'000'000'000'000'000;
  std::chrono::milliseconds up{0};

  std::int64_t now() const override { return clock; }
  std::chrono::milliseconds uptime() const override { return up; }
  const std::vector<std::pair<std::string, std::string>>& environment() const override {
    return variables;
  }
  std::optional<std::string> variable(std::string_view name) const override {
    for (const auto& [each, value] : variables) {
      if (each == name) return value;
    }
    return std::nullopt;
  }
  std::string working_directory() const override { return directory; }
  std::string home() const override { return home_directory; }
  std::string user() const override { return "anna"; }
  Terminal terminal() const override { return streams; }
  std::optional<std::string> ask(std::string_view question) override {
    questions.emplace_back(question);
    if (answers.empty()) return std::nullopt;
    std::string answer = answers.front();
    answers.pop_front();
    return answer;
  }
  StreamFact stream(int descriptor) const override {
    const auto found = descriptors.find(descriptor);
    return found == descriptors.end() ? StreamFact{} : found->second;
  }
  FedText fed() const override { return input; }
  void say(std::string_view text) override { said += text; }
  void print(std::string_view text) override { printed += text; }
  int replace_process(const std::vector<std::string>& argv) override {
    replaced_by = argv;
    return 2;
  }
};

}  // namespace composelint::guard

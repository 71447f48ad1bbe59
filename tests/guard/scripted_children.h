// Programs that go on by themselves, as a test has them do, and a clock that the waiting moves.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "tests/guard/fake_surroundings.h"
#include "tests/guard/scripted_processes.h"

namespace composelint::guard {

using std::chrono::milliseconds;

// What a child does; times count from its start.
struct ChildScript {
  std::vector<std::string> words;  // all of them stand in its argv
  std::vector<std::pair<milliseconds, std::string>> lines{};
  std::optional<std::pair<milliseconds, End>> end{};
  std::map<int, End> on_signal{};               // how it ends by one; others it does not heed
  FailureCode refused = FailureCode::kInvalid;  // else: it does not start
};

class ScriptedChildren : public ScriptedProcesses {
 public:
  explicit ScriptedChildren(FakeSurroundings& around) : around_(around) {}

  std::deque<ChildScript> scripts;                    // each is used once
  std::vector<std::pair<milliseconds, int>> signals;  // to guard, in order of time
  std::vector<std::pair<milliseconds, std::function<void()>>> changes;  // of the world, in order
  bool from_terminal = false;
  std::vector<std::pair<std::string, int>> sent;  // program and signal
  std::vector<std::vector<std::string>> started;

  Result<std::unique_ptr<Child>> start(const Command& command, const Streams&) override {
    started.push_back(command.argv);
    const auto script = std::find_if(scripts.begin(), scripts.end(), [&](const ChildScript& each) {
      return std::all_of(each.words.begin(), each.words.end(), [&](const std::string& word) {
        return std::find(command.argv.begin(), command.argv.end(), word) != command.argv.end();
      });
    });
    if (script == scripts.end()) {
      return Failure{FailureCode::kUnreadable, "nothing is scripted for it", {}};
    }
    ChildScript taken = std::move(*script);
    scripts.erase(script);
    if (taken.refused != FailureCode::kInvalid) return Failure{taken.refused, "refused", {}};
    return std::unique_ptr<Child>(
        std::make_unique<One>(*this, std::move(taken), around_.up, taken.words.front()));
  }

  int wait(std::span<Child* const> children, milliseconds time) override {
    const milliseconds until = around_.up + time;
    while (true) {
      if (around_.up > std::chrono::hours(20)) throw std::runtime_error("waits for ever");
      for (Child* child : children) {
        if (static_cast<One*>(child)->has_news()) return 0;
      }
      milliseconds next = until;
      for (Child* child : children) next = std::min(next, static_cast<One*>(child)->next());
      if (!signals.empty()) next = std::min(next, signals.front().first);
      if (!changes.empty()) next = std::min(next, changes.front().first);
      move_to(std::max(next, around_.up));
      if (!changes.empty() && changes.front().first <= around_.up) {
        const auto change = changes.front().second;
        changes.erase(changes.begin());
        change();
        continue;
      }
      if (!signals.empty() && signals.front().first <= around_.up) {
        const int signal = signals.front().second;
        signals.erase(signals.begin());
        return signal;
      }
      if (around_.up >= until) return 0;
    }
  }
  [[nodiscard]] bool whole_group() const override { return from_terminal; }

 private:
  class One final : public Child {
   public:
    One(ScriptedChildren& all, ChildScript script, milliseconds began, std::string name)
        : all_(all), script_(std::move(script)), began_(began), name_(std::move(name)) {}
    [[nodiscard]] int pid() const override { return 1; }
    [[nodiscard]] std::optional<End> ended() override {
      if (!is_over()) return std::nullopt;
      told_ = true;
      return script_.end->second;
    }
    [[nodiscard]] std::optional<std::string> line() override {
      if (!has_line()) return std::nullopt;
      return script_.lines[taken_++].second;
    }
    void send(int signal) override {
      all_.sent.emplace_back(name_, signal);
      const auto heeds = script_.on_signal.find(signal);
      if (heeds != script_.on_signal.end() && !is_over()) {
        script_.end = {all_.around_.up - began_, heeds->second};
      }
    }
    [[nodiscard]] bool has_news() const { return has_line() || (is_over() && !told_); }
    [[nodiscard]] milliseconds next() const {
      milliseconds at = milliseconds::max();
      if (taken_ < script_.lines.size()) at = began_ + script_.lines[taken_].first;
      if (script_.end && !told_) at = std::min(at, began_ + script_.end->first);
      return at;
    }

   private:
    [[nodiscard]] bool is_over() const {
      return script_.end && began_ + script_.end->first <= all_.around_.up;
    }
    [[nodiscard]] bool has_line() const {
      return taken_ < script_.lines.size() &&
             began_ + script_.lines[taken_].first <= all_.around_.up;
    }

    ScriptedChildren& all_;
    ChildScript script_;
    milliseconds began_;
    std::string name_;
    std::size_t taken_ = 0;
    bool told_ = false;
  };

  void move_to(milliseconds up) {
    around_.clock += std::chrono::nanoseconds(up - around_.up).count();
    around_.up = up;
  }

  FakeSurroundings& around_;
};

}  // namespace composelint::guard

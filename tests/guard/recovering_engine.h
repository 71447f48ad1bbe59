// An engine with what a dead run has left on it.
#pragma once

#include <unistd.h>

#include <algorithm>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "guard/journal.h"
#include "tests/guard/scripted_processes.h"

namespace composelint::guard {

// Of 16 digits, and of this process alone: clients are looked for among all that run.
inline std::string own_id(int number) {
  constexpr std::int64_t kBase = 1'000'000'000'000'000;
  return std::to_string(kBase + ::getpid() * std::int64_t{100} + number);
}
inline const std::string kId = own_id(99);
inline const std::string kTask(64, 'a');
inline const std::string kWorker(64, 'b');

inline std::string container(const std::string& id, const std::string& state,
                             const std::string& status, const std::string& service,
                             const std::string& one_off = "False") {
  return R"({"id":")" + id + R"(","name":"x","state":")" + state + R"(","status":")" + status +
         R"(","service":")" + service + R"(","oneoff":")" + one_off + "\"}\n";
}

inline const std::string kEnded =
    container(kTask, "exited", "Exited (3) 2 minutes ago", "app", "True");
inline const std::string kRuns = container(kTask, "running", "Up 2 minutes", "app", "True");
inline const std::string kPaused = container(kWorker, "paused", "Up 2 minutes (Paused)", "worker");
inline const std::string kUp = container(kWorker, "running", "Up 2 minutes", "worker");
inline const std::string kStopped =
    container(kWorker, "exited", "Exited (137) 1 minute ago", "worker");

// Of a guard that is gone: its pid is another boot's.
inline JournalRun dead_run(const std::string& directory, const std::string& verb) {
  JournalRun run;
  run.project = "shop";
  run.directory = directory;
  run.docker = {"docker"};
  run.started = 5;
  run.pid = 1;
  run.boot = "another boot";
  run.verb = verb;
  return run;
}

// The answers to a question change once a command has run.
class Engine : public ScriptedProcesses {
 public:
  std::map<std::string, std::string> after;  // a verb, and what `ps` of the project says then

  std::vector<Captured> capture(std::span<const Command> commands, const Bounds& bounds) override {
    std::vector<Captured> answers = ScriptedProcesses::capture(commands, bounds);
    for (const Command& command : commands) {
      for (const auto& [verb, answer] : after) {
        if (std::find(command.argv.begin(), command.argv.end(), verb) != command.argv.end()) {
          stack(answer);
        }
      }
    }
    return answers;
  }
  void task(const std::string& answer) { first("label=composelint.run=" + kId, answer); }
  void stack(const std::string& answer) { first("label=com.docker.compose.project=shop", answer); }
  void reaches(const std::string& endpoint) {
    first("inspect", R"({"Name":"x","Endpoints":{"docker":{"Host":")" + endpoint + "\"}}}");
  }
  [[nodiscard]] std::size_t calls(const std::vector<std::string>& words) const {
    return static_cast<std::size_t>(
        std::count_if(asked.begin(), asked.end(), [&](const auto& argv) {
          return std::all_of(words.begin(), words.end(), [&](const std::string& word) {
            return std::find(argv.begin(), argv.end(), word) != argv.end();
          });
        }));
  }

 private:
  void first(const std::string& word, const std::string& answer) {
    rows.insert(rows.begin(), {{word}, {{EndKind::kExited, 0}, answer, ""}});
  }
};

}  // namespace composelint::guard

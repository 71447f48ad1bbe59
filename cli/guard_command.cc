#include <cstdlib>
#include <string>
#include <string_view>
#include <variant>

#include "cli/commands.h"
#include "cli/console.h"
#include "cli/guard_arguments.h"
#include "guard/guard.h"
#include "guard/housekeeping.h"
#include "guard/posix_processes.h"
#include "guard/posix_surroundings.h"
#include "guard/real_program.h"
#include "guard/report.h"

namespace composelint::cli {

namespace {

int act(const GuardCall& call) {
  // From within a script under guard: what this guard runs is its own, and no shim's again.
  if (const char* path = std::getenv("PATH")) {
    ::setenv("PATH", guard::path_without_shims("docker", path).c_str(), 1);
  }
  guard::PosixSurroundings around;  // before signals are taken over
  guard::PosixProcesses processes;
  switch (call.action) {
    case GuardAction::kGuard: return guard::guard(call.options, processes, around);
    case GuardAction::kStatus: return guard::show_status(call.options, processes, around);
    case GuardAction::kHistory: return guard::show_history(call.options, around);
    case GuardAction::kRecover: return guard::recover_runs(call.options, processes, around);
    case GuardAction::kUnlock: return guard::show_lock(call.options, processes, around);
  }
  return 0;
}

bool wants_json(const Words& words) {
  for (std::size_t i = 0; i < words.size() && words[i] != "--"; ++i) {
    if (words[i] == "--format=json") return true;
    if (words[i] == "--format" && i + 1 < words.size() && words[i + 1] == "json") return true;
  }
  return false;
}

// To standard output where the answer of the same words would go there.
bool to_output(const Words& words, bool plan) {
  if (plan) return true;
  for (const std::string& word : words) {
    for (const std::string_view own :
         {"--dry-run", "--output", "status", "history", "recover", "unlock"}) {
      if (word == own || word.starts_with("--output=")) return true;
    }
    if (word == "--") return false;
  }
  return false;
}

ExitCode answer_or_act(const Parsed<GuardCall>& parsed, const Words& words, bool plan) {
  const Answer* const answer = std::get_if<Answer>(&parsed);
  if (answer != nullptr && answer->code != ExitCode::kClean && wants_json(words)) {
    const std::string reason = answer->text.substr(0, answer->text.find('\n'));
    const std::string document = guard::end_document({}, static_cast<int>(answer->code), reason);
    if (!to_output(words, plan)) return show({document, answer->code});
    static_cast<void>(show({document, ExitCode::kClean}));
    return answer->code;
  }
  if (answer != nullptr) return show(*answer);
  // A task's own code is none of ours, and passed on.
  return static_cast<ExitCode>(act(*std::get_if<GuardCall>(&parsed)));
}

}  // namespace

ExitCode guard_command(const Words& words) {
  return answer_or_act(parse_guard(words), words, false);
}

ExitCode plan_command(const Words& words) {
  return answer_or_act(parse_plan(words), words, true);
}

}  // namespace composelint::cli

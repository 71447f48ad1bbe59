#include <variant>

#include "cli/commands.h"
#include "cli/console.h"
#include "cli/guard_arguments.h"
#include "guard/guard.h"
#include "guard/housekeeping.h"
#include "guard/posix_processes.h"
#include "guard/posix_surroundings.h"

namespace composelint::cli {

namespace {

int act(const GuardCall& call) {
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

ExitCode answer_or_act(const Parsed<GuardCall>& parsed) {
  if (const Answer* answer = std::get_if<Answer>(&parsed)) return show(*answer);
  // A task's own code is none of ours, and passed on.
  return static_cast<ExitCode>(act(*std::get_if<GuardCall>(&parsed)));
}

}  // namespace

ExitCode guard_command(const Words& words) {
  return answer_or_act(parse_guard(words));
}

ExitCode plan_command(const Words& words) {
  return answer_or_act(parse_plan(words));
}

}  // namespace composelint::cli

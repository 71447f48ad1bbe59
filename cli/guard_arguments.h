// The words of `composelint guard` and `composelint plan`.
#pragma once

#include "cli/arguments.h"
#include "guard/request.h"

namespace composelint::cli {

enum class GuardAction { kGuard, kStatus, kHistory, kRecover, kUnlock };

struct GuardCall {
  GuardAction action = GuardAction::kGuard;
  guard::GuardOptions options;
};

// `words` are those behind the subcommand's name. The first that is no option, or what stands
// behind `--`, is the command or the script: its own options are not read.
[[nodiscard]] Parsed<GuardCall> parse_guard(const Words& words);
// `plan -- CMD…`
[[nodiscard]] Parsed<GuardCall> parse_plan(const Words& words);

}  // namespace composelint::cli

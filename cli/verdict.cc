#include "cli/verdict.h"

#include <algorithm>

namespace composelint::cli {

std::optional<Severity> fail_level(std::optional<Severity> told, const engine::Outcome& outcome) {
  const Severity level = told.value_or(outcome.fail_on.value_or(Severity::kWarning));
  return level == Severity::kOff ? std::nullopt : std::optional(level);
}

ExitCode verdict(const Run& run, std::optional<Severity> fail_on) {
  const bool trouble =
      std::any_of(run.notifications.begin(), run.notifications.end(),
                  [](const Notification& each) { return each.severity == Severity::kError; });
  if (trouble) return ExitCode::kTrouble;
  const bool found =
      fail_on && std::any_of(run.findings.begin(), run.findings.end(),
                             [&](const Finding& each) { return each.severity >= *fail_on; });
  return found ? ExitCode::kFindings : ExitCode::kClean;
}

}  // namespace composelint::cli

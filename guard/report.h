// How guard tells: to a person on standard error, to a program as one JSON document.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "guard/command.h"
#include "guard/decision.h"
#include "guard/execution.h"
#include "guard/journal.h"
#include "guard/mask.h"
#include "guard/recovery.h"
#include "guard/snapshot.h"

namespace composelint::guard {

struct Told {
  const GuardedCommand& command;
  const Snapshot& snapshot;
  const Decision& decision;
  const Mask& mask;
  const TaskOutcome* outcome = nullptr;               // null: it did not run
  const std::vector<Answer>* verification = nullptr;  // null: not looked at
  std::vector<std::string> given{};  // argv as given, where --fix has changed it
  bool verbose = false;
  bool colour = false;
  std::optional<int> exit_code{};  // of guard, once it is known
};

// Engine, project, service, what would run; what stands in the way, with carets in the command
// line; what is not known. `verbose`: what is well, too.
[[nodiscard]] std::string plan_text(const Told& told);
// What became of it; empty where there is nothing to say.
[[nodiscard]] std::string outcome_text(const Told& told);
// decision, evidence (claim, truth, origin, time, note), command, child status, verification.
[[nodiscard]] std::string json_document(const Told& told);

[[nodiscard]] std::string history_text(const std::vector<JournalRun>& runs, std::size_t torn);
[[nodiscard]] std::string history_json(const std::vector<JournalRun>& runs, std::size_t torn);
[[nodiscard]] std::string leftovers_text(const std::vector<Leftover>& leftovers);

}  // namespace composelint::guard

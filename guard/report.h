// How guard tells: to a person on standard error, to a program as one JSON document.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "guard/command.h"
#include "guard/decision.h"
#include "guard/execution.h"
#include "guard/journal.h"
#include "guard/lock.h"
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
  std::vector<std::string> given{};                   // argv as given, where --fix has changed it
  bool verbose = false;
  bool colour = false;
  std::optional<int> exit_code{};       // of guard, once it is known
  std::string reason{};                 // why it ended there; empty: nothing to say
  std::vector<std::string> messages{};  // what else guard would have said to a person
  std::vector<std::string> backups{};   // documents of those it took before
};

// "blocked", "no-journal": the name of guard's exit code, "task" where it is the task's own.
[[nodiscard]] std::string_view exit_name(int code, bool of_task = false);

// Engine, project, service, what would run; what stands in the way, with carets in the command
// line; what is not known. `verbose`: what is well, too.
[[nodiscard]] std::string plan_text(const Told& told);
// What became of it; empty where there is nothing to say.
[[nodiscard]] std::string outcome_text(const Told& told);
// decision, evidence (claim, truth, origin, time, note), command, child status, verification.
[[nodiscard]] std::string json_document(const Told& told);
// The same where there is no command to tell of, or nothing was asked about it. All of it masked.
[[nodiscard]] std::string end_document(const std::vector<std::string>& command, int code,
                                       const std::string& reason,
                                       const std::vector<std::string>& messages = {});

[[nodiscard]] std::string history_text(const std::vector<JournalRun>& runs, std::size_t torn);
[[nodiscard]] std::string history_json(const std::vector<JournalRun>& runs, std::size_t torn);
[[nodiscard]] std::string leftovers_text(const std::vector<Leftover>& leftovers);
// Of `recover`: what was left, what was done about it.
struct Recovered {
  Leftover left;
  std::vector<std::string> done;  // sentences
  std::string failure;            // why nothing could be done; empty: something was
};
[[nodiscard]] std::string recovered_json(const std::vector<Recovered>& all, int code);
// Of `status`: as history_json, with what is left over.
[[nodiscard]] std::string status_json(const std::vector<Leftover>& leftovers, std::size_t torn);
struct Held {
  std::string engine;
  std::string project;
  LockHolder holder;
};
[[nodiscard]] std::string locks_json(const std::vector<Held>& all);

}  // namespace composelint::guard

// One question, several witnesses. A rule that wants something proven before, during or after a
// call asks here; `check` answers from the script, a guard from the live stack.
#pragma once

#include <composelint/finding.h>
#include <composelint/invocation.h>

#include <string>
#include <string_view>
#include <vector>

namespace composelint {

// What a careful operator makes sure of around a risky task.
enum class Claim {
  kContextInspected,  // configuration, services, logs or status were looked at
  kBackupTaken,       // a restore point exists, and its failure was not thrown away
  kReady,             // what a task needs answers: something came back only once it did
  kWritersPaused,     // workers were stopped or paused, or users kept out
  kWritersResumed,    // they were started again, or let in
  kOutputChecked,     // somebody looked at what a dump wrote: its size, its end, a listing of it
  kOutcomeVerified,   // the result was looked at: status, health, a query, the logs
};

// As configurations and reports call it; the names are promises, as slugs are.
[[nodiscard]] constexpr std::string_view to_string(Claim claim) {
  switch (claim) {
    case Claim::kContextInspected: return "context-inspected";
    case Claim::kBackupTaken: return "backup-taken";
    case Claim::kReady: return "ready";
    case Claim::kWritersPaused: return "writers-paused";
    case Claim::kWritersResumed: return "writers-resumed";
    case Claim::kOutputChecked: return "output-checked";
    case Claim::kOutcomeVerified: return "outcome-verified";
  }
  return "";
}

enum class Phase { kBefore, kAfter };

enum class Truth { kRefuted, kUnknown, kSupported };  // unknown is not false

struct Step;

struct Question {
  Claim claim;
  Phase phase;
  const Step& about;
};

struct Evidence {
  Truth truth = Truth::kUnknown;
  std::string note;              // one clause for the message: what was seen instead
  std::vector<Related> related;  // the steps that prove or refute
};

// A witness. Answers do not change during a run; implementations are safe to ask from one thread.
class EvidenceSource {
 public:
  virtual ~EvidenceSource() = default;
  [[nodiscard]] virtual Evidence answer(const Question& question) const = 0;
};

}  // namespace composelint

#include "guard/answer.h"

namespace composelint::guard {

std::string_view name_of(Claim claim) {
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

}  // namespace composelint::guard

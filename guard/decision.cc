#include "guard/decision.h"

namespace composelint::guard {

void decide(Decision& decision) {
  decision.reasons.clear();
  bool blocked = false;
  bool asked = decision.confirm != Confirm::kNone;
  if (asked)
    decision.reasons.push_back("this is the protected environment " + decision.environment);
  for (const Finding& finding : decision.findings) {
    if (finding.severity < Severity::kWarning) continue;
    (finding.severity == Severity::kError ? blocked : asked) = true;
    decision.reasons.push_back(finding.message + " [" + finding.rule + "]");
  }
  for (const Answer& answer : decision.answers) {
    if (!blocks(answer) && !asks(answer)) continue;
    (blocks(answer) ? blocked : asked) = true;
    std::string reason = answer.note;
    if (!answer.remedy.empty()) reason += "; " + answer.remedy;
    decision.reasons.push_back(reason + " [" + answer.claim + "]");
  }
  decision.verdict = blocked ? Verdict::kBlock : asked ? Verdict::kAsk : Verdict::kRun;
}

}  // namespace composelint::guard

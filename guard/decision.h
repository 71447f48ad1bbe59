// May it run? Findings of the rules and answers, weighed.
#pragma once

#include <composelint/finding.h>

#include <string>
#include <vector>

#include "guard/answer.h"
#include "guard/policy.h"

namespace composelint::guard {

enum class Verdict { kRun, kAsk, kBlock };

struct Decision {
  Verdict verdict = Verdict::kBlock;
  std::vector<Finding> findings;  // of rules about the command line; spans lie in its text
  std::vector<Answer> answers;
  std::vector<std::string> reasons;  // why it is blocked or asked about, one sentence each
  Confirm confirm = Confirm::kNone;  // what the environment wants besides
  std::string environment;           // name of the protected one that fits; empty: none
};

// A finding of kError and an answer that `blocks` block. A finding of kWarning, an answer that
// `asks` and a protected environment ask.
void decide(Decision& decision);

}  // namespace composelint::guard

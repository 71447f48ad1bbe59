// A comment by which a user allows what a rule reports, as a rule about such comments sees it.
#pragma once

#include <composelint/source.h>

#include <string>

namespace composelint {

// What one comment says of one rule, and what became of it in the run.
struct AllowComment {
  Span span;           // the comment
  Span place;          // where the rule is named in it
  Span removal;        // taking this out leaves a comment that names the rule no longer, or none
  std::string rule;    // as written; may be the name of no rule
  std::string meant;   // the nearest name where it is none; may be empty
  std::string reason;  // what follows "--"; may be empty
  std::string until;   // the last day on which it holds, "2026-12-31"; empty: for good
  bool known = true;   // there is such a rule
  bool expired = false;
  bool used = false;    // it allows a finding
  bool judged = false;  // the rule has looked at the file: what it does not allow is not there
};

}  // namespace composelint

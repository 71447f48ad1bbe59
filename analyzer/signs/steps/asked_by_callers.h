// Scripts that others run once they have asked.
#pragma once

#include <composelint/finding.h>
#include <composelint/rule.h>

namespace composelint {

// Some script runs the one that the finding is about, and all that do have asked the operator
// before: it is a part of theirs.
[[nodiscard]] bool is_asked_by_callers(const WorkspaceFacts& facts, const Finding& finding);

}  // namespace composelint

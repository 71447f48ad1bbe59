// What a finding is about may be told by another rule's, where that rule is run and speaks of it.
#pragma once

#include <composelint/finding.h>

#include <functional>
#include <string_view>
#include <vector>

namespace composelint {

// `finding` is none where `rule` has one at `place`, whichever project shows that. That one says
// `also` of the first place that is related to this one.
void leave_to(std::string_view rule, Span place, Finding& finding, std::string_view also = {});

// Once all of a run are together. Those that somebody allows tell nobody anything.
void drop_left_to_others(std::vector<Finding>& findings,
                         const std::function<bool(const Finding&)>& is_allowed);

}  // namespace composelint

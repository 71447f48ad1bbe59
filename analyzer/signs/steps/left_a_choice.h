// Questions on a way of their own: what the operator says there may be about something else.
#pragma once

#include <composelint/step.h>
#include <composelint/timeline.h>

namespace composelint {

// As `asked_before`, by a question that leaves a choice.
[[nodiscard]] bool asked_with_a_choice(const Timeline& timeline, const Step& step);

}  // namespace composelint

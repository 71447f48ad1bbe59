// Steps whose failure is no surprise.
#pragma once

#include <composelint/step.h>
#include <composelint/timeline.h>

namespace composelint {

// Nobody is surprised when it fails: it asks, it is allowed to, or a loop comes back to it.
[[nodiscard]] bool may_fail(const Timeline& timeline, const Step& step);

}  // namespace composelint

// A flag or a variable that has to be given before the script goes on: `--confirm-restore`,
// FORCE=1.
#pragma once

#include <composelint/step.h>
#include <composelint/timeline.h>

namespace composelint {

// The test without which the script does not get to `step`: it ends there, or goes another way.
[[nodiscard]] bool consents_by_flag(const Timeline& timeline, const Step& step);

}  // namespace composelint

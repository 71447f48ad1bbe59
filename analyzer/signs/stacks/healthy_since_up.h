// Calls that wait for healthy services before they start what they name.
#pragma once

#include <composelint/step.h>
#include <composelint/timeline.h>

namespace composelint {

// `up --abort-on-container-exit test`, `run test`, of services that come up behind healthy ones:
// the call waits itself, and fails where nothing becomes healthy.
[[nodiscard]] bool waits_by_itself(const Step& step);

}  // namespace composelint

// Loops that nothing but success ends.
#pragma once

#include <composelint/step.h>
#include <composelint/timeline.h>

namespace composelint {

// The loop whose test the migration is, and which nothing else ends: `until … migrate; do sleep 2;
// done`.
[[nodiscard]] const Branch* endless_loop(const Timeline& timeline, const Step& step);

}  // namespace composelint

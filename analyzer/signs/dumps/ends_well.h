// A script that ends with 0 though its dump has failed.
#pragma once

#include <composelint/step.h>
#include <composelint/timeline.h>

namespace composelint {

// The last step, which the script gets to and ends well with whatever became of `earlier`; null
// where the script may look at that, or ends with another step.
[[nodiscard]] const Step* ends_well_behind(const Timeline& timeline, const Step& earlier);

}  // namespace composelint

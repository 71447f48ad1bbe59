// Old dumps that are removed by their number or age behind one that may have failed.
#pragma once

#include <composelint/step.h>
#include <composelint/timeline.h>

namespace composelint {

// The step behind a dump that keeps the latest files of its directory, or those of some days, and
// removes the others; null where `later` is no such.
[[nodiscard]] const Step* rotates(const Timeline& timeline, const Step& dump, const Step& later);

}  // namespace composelint

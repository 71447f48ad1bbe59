// Whether somebody asks, between two steps, what came of the first one.
#pragma once

#include <composelint/step.h>
#include <composelint/timeline.h>

namespace composelint {

// Between the two somebody looks at `$?`.
[[nodiscard]] bool status_read_between(const Timeline& timeline, const Step& first,
                                       const Step& second);

// Between the two somebody looks at what the first one wrote: `[ -s "$f" ] || exit`, `gzip -t`.
// That a file is there (`-f`) tells nothing of a redirect, which makes it first.
[[nodiscard]] bool output_read_between(const Timeline& timeline, const Step& first,
                                       const Step& second);

}  // namespace composelint

// Scripts and targets by whose name everything is to go.
#pragma once

#include <composelint/step.h>
#include <composelint/timeline.h>

namespace composelint {

// `purge_all.sh`, a target `clean-everything`: whoever runs that means the whole machine. So it is
// with `stopAll.sh`, as far as the step stops containers.
[[nodiscard]] bool sweeps_all_by_name(const Timeline& timeline, const Step& step);

}  // namespace composelint

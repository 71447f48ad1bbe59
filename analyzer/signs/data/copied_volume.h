// A volume whose content a container has copied before it is removed.
#pragma once

#include <composelint/step.h>
#include <composelint/timeline.h>

namespace composelint {

// `docker run … tar c`, `docker run … rsync`, whatever is mounted there.
[[nodiscard]] bool runs_a_copier(const Step& step);

[[nodiscard]] bool is_copied_before(const Step& step, const Timeline& timeline);

}  // namespace composelint

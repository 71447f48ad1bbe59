// Directories that a script makes for its own use: what it removes there is what it has put there.
#pragma once

#include <composelint/step.h>
#include <composelint/timeline.h>

namespace composelint {

// `mkdir -p tmp/backup`, …, `rm -r backup`.
[[nodiscard]] bool removes_its_own_directory(const Timeline& timeline, const Step& step);

}  // namespace composelint

// A script of the repository that dumps, as it is seen to.
#pragma once

#include <composelint/step.h>
#include <composelint/timeline.h>

namespace composelint {

// `./dump-db.sh`, which is read on, and dumps a database of the stack.
[[nodiscard]] bool is_seen_to_dump(const Timeline& timeline, const Step& step);

}  // namespace composelint

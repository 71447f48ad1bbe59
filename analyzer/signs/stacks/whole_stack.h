// A stack that is stopped with all of its services.
#pragma once

#include <composelint/step.h>
#include <composelint/timeline.h>

namespace composelint {

// `stop`, `down` without names, which leaves the volumes.
[[nodiscard]] bool stops_all(const Step& step);

// The stack of the services has been stopped as a whole before, and is not started again here.
[[nodiscard]] bool is_stopped_as_a_whole(const Timeline& timeline, const Step& out);

// A release that comes, or data that is changed: the pause is for more than a backup.
[[nodiscard]] bool brings_or_changes(const Step& step);

// Copies what the stack has written.
[[nodiscard]] bool takes_a_backup(const Step& step);

}  // namespace composelint

// Where `docker-compose` is known to be there.
#pragma once

#include <composelint/rule.h>
#include <composelint/source.h>
#include <composelint/step.h>
#include <composelint/timeline.h>

namespace composelint {

// `if command -v docker-compose; then`: where it is absent, nothing of this runs.
[[nodiscard]] bool is_looked_for(const Timeline& task, const Step& step);

// A script that the file sends to the machine and runs there, or one that sets machines up, fetches
// the current standalone program.
[[nodiscard]] bool is_brought_along(const WorkspaceFacts& facts, const SourceFile& file);

}  // namespace composelint

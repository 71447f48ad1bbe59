// A machine that a script sets up itself, engine and all: no other stack is on it.
#pragma once

#include <composelint/step.h>
#include <composelint/timeline.h>

namespace composelint {

// `apt-get install docker-ce` on each way to the step, or where there is none yet, and then a `git
// clone` that nothing is asked before. And nothing that an older release needs, as `git pull`.
[[nodiscard]] bool has_installed_the_engine(const Timeline& timeline, const Step& step);

}  // namespace composelint

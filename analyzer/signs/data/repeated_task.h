// Tasks that a script runs once more, where their failure counts.
#pragma once

#include <composelint/step.h>
#include <composelint/timeline.h>

namespace composelint {

// The same task comes again behind it, and its failure counts: `migrate; until migrate; do …`. That
// of another release is another one.
[[nodiscard]] bool is_repeated(const Timeline& timeline, const Step& step);

}  // namespace composelint

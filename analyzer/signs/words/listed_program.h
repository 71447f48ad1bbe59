// A program's name that a script writes down among others, and does not call there.
#pragma once

#include <composelint/step.h>

namespace composelint {

// `dependencies="git docker-compose jq"`: a list of packages; the call stands elsewhere. Not the
// word that `run docker-compose "$@"` begins with, whatever `run` is.
[[nodiscard]] bool stands_in_a_list(const Step& step);

}  // namespace composelint

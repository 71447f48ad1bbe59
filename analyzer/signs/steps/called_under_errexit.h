// Functions in which errexit acts: it is set where they are called, and nothing asks how they end.
#pragma once

#include <composelint/shell.h>
#include <composelint/step.h>

namespace composelint {

// `set -e; deploy`, and neither `if deploy` nor `deploy || echo failed`: a command of the function
// on the way to this step ends the script where it fails. False for a step outside of functions.
[[nodiscard]] bool is_called_under_errexit(const Script& script, const Step& step);

}  // namespace composelint

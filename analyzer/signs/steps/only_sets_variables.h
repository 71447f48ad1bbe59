// `eval "$(ssh-agent -s)"`: what the program prints sets variables, and does nothing else.
#pragma once

#include <composelint/step.h>

namespace composelint {

[[nodiscard]] bool only_sets_variables(const Step& step);

}  // namespace composelint

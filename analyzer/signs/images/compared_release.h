// `pip install django>=4.2`: a shell takes the sign for a redirect, and whoever wrote it did not.
#pragma once

#include <composelint/step.h>

namespace composelint {

// What the command says goes into a file that nobody looks for.
[[nodiscard]] bool is_a_compared_release(const Stream& out);

}  // namespace composelint

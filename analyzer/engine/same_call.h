// Whether a reader would count two calls as one.
#pragma once

#include <composelint/timeline.h>

namespace composelint::engine {

// Nothing that a list of calls shows tells them apart. Both steps are calls of one place.
[[nodiscard]] bool is_same_call(const Step& a, const Step& b);

}  // namespace composelint::engine

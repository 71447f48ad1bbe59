// What a `stop` leaves stopped when only some of it is started again.
#pragma once

#include <composelint/step.h>

namespace composelint {

[[nodiscard]] bool brings_all_back(const Step& back, const Step& out);

}  // namespace composelint

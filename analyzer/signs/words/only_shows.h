// Steps that show something to whoever reads along, and end with 0 whatever there is.
#pragma once

#include <composelint/step.h>

namespace composelint {

// `docker compose ps`, `logs`: shown to whoever reads along, and 0 whatever there is.
[[nodiscard]] bool only_shows(const Step& step);

}  // namespace composelint

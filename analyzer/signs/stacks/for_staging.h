// Calls for a stack that tries releases out.
#pragma once

#include <composelint/step.h>

namespace composelint {

// `docker-compose.staging.yml`: what is lost there can be had again.
[[nodiscard]] bool is_for_staging(const Step& step);

}  // namespace composelint

// Networks that do not lead out of the stack.
#pragma once

#include <composelint/compose.h>

namespace composelint {

// All networks of the service are `internal: true`: the engine publishes none of its ports then
// (measured with 20.10; one network more that is not internal is enough for it to).
[[nodiscard]] bool is_in_internal_networks_alone(const Service& service, const Project& project);

}  // namespace composelint

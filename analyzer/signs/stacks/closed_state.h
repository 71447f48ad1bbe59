// The same stack twice: with all doors open for whoever works on it, and with them shut.
#pragma once

#include <composelint/compose.h>

namespace composelint {

// `closed` has the services of `open`, and the databases among them are published by `open` alone.
[[nodiscard]] bool is_closed_state_of(const Project& closed, const Project& open);

}  // namespace composelint

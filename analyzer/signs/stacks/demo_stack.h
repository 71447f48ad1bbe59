// Stacks that are there to show something.
#pragma once

#include <composelint/compose.h>

namespace composelint {

// `name: shop-demo`, as the file has it, for the project or one of its networks.
[[nodiscard]] bool is_named_a_demo(const Project& project);

}  // namespace composelint

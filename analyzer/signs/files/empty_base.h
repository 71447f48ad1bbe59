// Compose files without services that are there for the place they lie in.
#pragma once

#include <composelint/compose.h>

namespace composelint {

// A comment in it names the issue for which it is kept: the first of `-f` files settles the
// project's directory, and those behind it have the services.
[[nodiscard]] bool is_an_empty_base(const Project& project);

}  // namespace composelint

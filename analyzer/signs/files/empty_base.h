// Compose files without services that are there for the place they lie in.
#pragma once

#include <composelint/finding.h>
#include <composelint/rule.h>

namespace composelint {

// "empty compose file" is said of one in which a comment names the issue for which it is kept: the
// first of `-f` files settles the project's directory, and those behind it have the services. No
// call reads it alone.
[[nodiscard]] bool is_an_empty_base(const WorkspaceFacts& facts, const Finding& finding);

}  // namespace composelint

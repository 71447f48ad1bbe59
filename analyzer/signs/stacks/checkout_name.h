// A name that comes from the directory alone: whoever checks the repository out gives another.
#pragma once

#include <composelint/compose.h>

namespace composelint {

// One name, or the one is made of the directory that the files lie in here and has the other, which
// somebody gave, in it: `shop-main`, `owner-shop` and `shop` are one stack where the repository is
// checked out under its own name.
[[nodiscard]] bool share_a_name(const Project& a, const Project& b);

}  // namespace composelint

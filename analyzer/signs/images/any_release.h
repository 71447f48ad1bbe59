// Services of which any release will do, and those that have something to lose by one.
#pragma once

#include <composelint/compose.h>

namespace composelint {

// A web server that hands on what others say, a cache that keeps nothing, what reads figures off
// another program or starts its tasks: their configuration and protocol have stood still for years,
// and the next container is as good as the last.
[[nodiscard]] bool is_a_stateless_helper(const Service& service);

// A volume or a folder of the host is there for what it writes.
[[nodiscard]] bool keeps_files(const Service& service);

// Whoever starts MariaDB so has its data brought along to each release, and so do a few images by
// themselves; a server that updates itself at its start, or fetches the release that a variable
// says, is at that whatever its image is.
[[nodiscard]] bool brings_itself_along(const Service& service);

}  // namespace composelint

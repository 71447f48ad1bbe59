// Volumes that hold nothing of their own: what is in them lies elsewhere, or is made again.
#pragma once

#include <composelint/compose.h>
#include <composelint/source.h>
#include <composelint/timeline.h>

#include <string_view>

namespace composelint {

// What a package manager or a build puts there is made again.
[[nodiscard]] bool is_made_again(std::string_view target);

// All that mount it have it at a place that a build fills.
[[nodiscard]] bool holds_what_is_built(const Volume& volume, const Project& project);

// All that write it run to their end before the others start, and read a directory of the host; the
// others read it: the next start fills it anew.
[[nodiscard]] bool is_filled_at_each_start(const Volume& volume, const Project& project);

// `shop_node_modules`, `shop_vue_dist`: called after what a package manager or a build puts there.
// Not after `static`, `build` or `target`, which may be anything.
[[nodiscard]] bool is_named_for_a_build(std::string_view volume);

}  // namespace composelint

// Images of which a page says that the compose files leave them at the newest.
#pragma once

#include <composelint/compose.h>
#include <composelint/rule.h>

namespace composelint {

// A page has a branch for each release checked out, and pulls: the tags of this one are not what
// runs.
[[nodiscard]] bool has_release_branches(const WorkspaceFacts& facts);

// "The Compose files refer to the `latest` version", on a page that speaks of the image; or a
// page has a branch for each release.
[[nodiscard]] bool is_told_to_move(const WorkspaceFacts& facts, const Service& service);

}  // namespace composelint

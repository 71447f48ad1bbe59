// Images of which a page says that the compose files leave them at the newest.
#pragma once

#include <composelint/compose.h>
#include <composelint/rule.h>

namespace composelint {

// "The Compose files refer to the `latest` version", on a page that speaks of the image; or the
// page has a branch for each release checked out, and pulls.
[[nodiscard]] bool is_told_to_move(const WorkspaceFacts& facts, const Service& service);

}  // namespace composelint

// How Compose joins the parts of the names that it makes up.
#pragma once

#include <composelint/compose.h>
#include <composelint/rule.h>

namespace composelint {

// `docker compose --compatibility` joins with `_` as docker-compose 1.x did.
[[nodiscard]] bool joins_as_before(const Project& project, const WorkspaceFacts& facts);

}  // namespace composelint

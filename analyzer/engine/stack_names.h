// What the name of a compose file tells of the stack.
#pragma once

#include <string>
#include <string_view>

#include "analyzer/engine/workspace.h"

namespace composelint::engine {

// `docker-compose.prod.yml`, `production/compose.yaml`, in words; empty: nothing. `shown` is
// relative to the repository.
[[nodiscard]] std::string told_by_name(std::string_view shown);

// `docker-compose.mac.yml` beside the file that has no such name: somebody's laptop. Paths are
// absolute.
[[nodiscard]] bool is_of_a_laptop(const std::string& path, Workspace& workspace);

// `compose.override.yaml`, which Compose lays over the other where nobody names files: that is what
// a developer does, and a server that has a script for it.
[[nodiscard]] bool is_an_override(const std::string& path);

}  // namespace composelint::engine

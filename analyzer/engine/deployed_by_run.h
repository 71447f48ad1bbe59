// Whether the containers that are in use are started by `docker run`.
#pragma once

#include <string>

#include "analyzer/engine/workspace.h"

namespace composelint::engine {

// A script beside a file in a folder of the repository deploys by `docker run`, and calls no
// compose. Empty: none does. `path` is absolute.
[[nodiscard]] std::string deployed_by_run(const std::string& path, Workspace& workspace);

}  // namespace composelint::engine

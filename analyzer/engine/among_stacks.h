// Repositories that are there for the stacks they hold.
#pragma once

#include <composelint/compose.h>

#include <string>

#include "analyzer/engine/workspace.h"

namespace composelint::engine {

// Nothing is built of the project that the file at `path` (absolute) is part of, and no application
// is written where it lies nor above; or most of many directories hold such stacks.
[[nodiscard]] bool is_among_stacks(const Project& project, const std::string& path,
                                   Workspace& workspace);

}  // namespace composelint::engine

// Stacks beside the one that is deployed: a restart policy alone does not show that they are, too.
#pragma once

#include <composelint/source.h>

#include <string>

#include "analyzer/engine/workspace.h"

namespace composelint::engine {

// A script for operation starts compose files that are named for production, in another directory;
// none starts this one, which is not named so, or works
// beside it, and no page's chapter on deployment does. `path` is absolute.
[[nodiscard]] bool is_production_elsewhere(const SourceFile& file, const std::string& path,
                                           Workspace& workspace);

}  // namespace composelint::engine

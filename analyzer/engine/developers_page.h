// What a repository tells those who work on it of its compose files.
#pragma once

#include <string>

#include "analyzer/engine/workspace.h"

namespace composelint::engine {

// The page beside the file that is for developers and says that this one is for development:
// "DEVELOPER.md"; empty: none does. `path` is absolute.
[[nodiscard]] std::string page_for_developers(const std::string& path, Workspace& workspace);

}  // namespace composelint::engine

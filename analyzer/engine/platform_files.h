// Platforms that build and run a repository in place of Compose.
#pragma once

#include <composelint/compose.h>

#include <string>

#include "analyzer/engine/workspace.h"

namespace composelint::engine {

// Each gives what tells so, for people; empty: nothing does.

// `fly.toml` and its like in the directory.
[[nodiscard]] std::string platform_in(const std::string& directory, Workspace& workspace);

// `backend/railway.toml` beside a compose file that has the databases alone: the application, which
// lies there, runs elsewhere, and so do those.
[[nodiscard]] std::string platform_of_what_is_below(const std::string& directory,
                                                    const Project& project, Workspace& workspace);

// Steps of a workflow that hand an application to a cloud.
[[nodiscard]] std::string platform_of_workflows(const std::string& root, Workspace& workspace);

}  // namespace composelint::engine

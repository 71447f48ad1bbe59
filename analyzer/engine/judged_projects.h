// Which readings of a compose file its findings come from.
#pragma once

#include <composelint/run.h>

#include <string>
#include <vector>

#include "analyzer/engine/workspace.h"

namespace composelint::engine {

// The projects in which `source` at `path` (absolute) is judged: with the files that the calls of the
// run read it with; else as plain `docker compose` in its directory would; else alone, or laid over
// the directory's default file where it is no stack of its own. Owned by the workspace.
[[nodiscard]] std::vector<const Project*> judged_projects(const SourceFile& source,
                                                          const std::string& path,
                                                          Workspace& workspace,
                                                          const std::vector<CallRecord>& calls);

}  // namespace composelint::engine

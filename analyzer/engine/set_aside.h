// Older states of a script, which somebody keeps beside the one that is in use.
#pragma once

#include <composelint/finding.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/engine/context.h"
#include "analyzer/engine/workspace.h"

namespace composelint::engine {

// `deploy copy.sh`, `deploy_old.sh`, `old/deploy.sh` where `deploy.sh` is there too, has much the
// same lines and is not set aside itself; what lies in `archived/`, `attic/`, in an `archive/`
// whose README says that it is past, or where an `ARCHIVED.md` does. `path` is absolute.
[[nodiscard]] std::optional<ContextCue> set_aside(const std::string& path, std::string_view bytes,
                                                  Workspace& workspace);

// Without those in files that are kept, and that nothing in use runs.
[[nodiscard]] std::vector<Finding> without_kept(std::vector<Finding> findings,
                                                const Workspace& workspace);

}  // namespace composelint::engine

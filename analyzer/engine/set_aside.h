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
// same lines and is not set aside itself; what lies in `archived/`, `attic/`, or in an `archive/`
// whose README says that it is past. `path` is absolute.
[[nodiscard]] std::optional<ContextCue> set_aside(const std::string& path, std::string_view bytes,
                                                  Workspace& workspace);

// A script in a directory below the root that says of itself that it is archived. Of a compose
// file that is_put_aside() decides, as it knows who calls it.
[[nodiscard]] std::optional<ContextCue> archived_aside(const std::string& path,
                                                       Workspace& workspace);

// Without those in files that are kept, and that nothing in use runs.
[[nodiscard]] std::vector<Finding> without_kept(std::vector<Finding> findings,
                                                const Workspace& workspace);

}  // namespace composelint::engine

// What shows that a repository is deployed to a cluster. `root` is its directory; empty: nothing.
#pragma once

#include <string>

#include "analyzer/engine/workspace.h"

namespace composelint::engine {

// `k8s/` at its top.
[[nodiscard]] std::string held_for_a_cluster(const std::string& root, Workspace& workspace);

// The same, or charts, below the folders that such files are kept in.
[[nodiscard]] std::string charts_below(const std::string& root, Workspace& workspace);

// `kubectl apply -k overlays/prod` of a script called `deploy.sh` that calls no compose.
[[nodiscard]] std::string deployed_to_a_cluster(const std::string& root,
                                                const Workspace& workspace);

}  // namespace composelint::engine

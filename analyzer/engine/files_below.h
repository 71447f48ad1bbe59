// The files that a call lays another one over.
#pragma once

#include <composelint/run.h>

#include <string>
#include <vector>

#include "analyzer/engine/workspace.h"

namespace composelint::engine {

// Of the file at `path`, in their order, where the call names all of them behind something that is
// not known: `-f "$DIR/compose.yaml" -f "$DIR/compose.images.yaml"` of a directory on a server,
// `-f compose.yaml -f env/$ENV/compose.yaml`; or where it names one of the same name in a directory
// beside that of `path`. Empty: there is no such call, or one of them is not in the repository.
// Paths are absolute.
[[nodiscard]] std::vector<std::string> files_below(const std::string& path, Workspace& workspace,
                                                   const std::vector<CallRecord>& calls);

}  // namespace composelint::engine

// Compose files that are kept and not used.
#pragma once

#include <composelint/compose.h>
#include <composelint/source.h>

#include <string>

#include "analyzer/engine/workspace.h"

namespace composelint::engine {

// It is called old or lies among what is, says so itself, as its directory may, has nothing that it
// could be built of, or is a state of the stack above it that a folder of backups keeps; and no
// call reads it. `path` is absolute.
[[nodiscard]] bool is_put_aside(const Project& project, const SourceFile& file,
                                const std::string& path, Workspace& workspace);

}  // namespace composelint::engine

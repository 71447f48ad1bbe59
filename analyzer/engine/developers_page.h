// What a repository tells those who work on it of its compose files.
#pragma once

#include <composelint/compose.h>

#include <optional>
#include <string>

#include "analyzer/engine/context.h"
#include "analyzer/engine/workspace.h"

namespace composelint::engine {

// The page that says of the file that it is for development: one for developers beside it, or the
// only ones that start it, if all say so in their heads. Empty: none does. `path` is absolute.
[[nodiscard]] std::string page_for_developers(const std::string& path, Workspace& workspace);

// The README has words of a developer's machine that fit what the project is.
[[nodiscard]] std::optional<ContextCue> told_by_readme(const Project& project,
                                                       const ReadmeWords& words);

}  // namespace composelint::engine

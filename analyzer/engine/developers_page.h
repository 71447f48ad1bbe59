// What a repository tells those who work on it of its compose files.
#pragma once

#include <composelint/compose.h>

#include <optional>
#include <string>

#include "analyzer/engine/context.h"
#include "analyzer/engine/workspace.h"

namespace composelint::engine {

// The page beside the file that is for developers and says that this one is for development:
// "DEVELOPER.md"; empty: none does. `path` is absolute.
[[nodiscard]] std::string page_for_developers(const std::string& path, Workspace& workspace);

// The README has words of a developer's machine that fit what the project is.
[[nodiscard]] std::optional<ContextCue> told_by_readme(const Project& project,
                                                       const ReadmeWords& words);

}  // namespace composelint::engine

// Whether a stack for which no cue tells is one that is left to run.
#pragma once

#include <composelint/compose.h>

#include <optional>
#include <string>

#include "analyzer/engine/workspace.h"
#include "analyzer/signs/stacks/operated_stack.h"

namespace composelint::engine {

// Why the stack that `file` at `path` (absolute) is part of is left to run: services that come
// back, names and settings of production, a script that deploys it, a README about deployment.
// Empty: nothing shows it, and it may be what a developer starts for an afternoon.
[[nodiscard]] ShownOperated why_operated(const Project& project, const SourceFile& file,
                                         const std::string& path, Workspace& workspace);

// The same without a look at the scripts of the workspace.
[[nodiscard]] std::string why_operated_by_itself(const Project& project, const SourceFile& file,
                                                 const std::string& path, Workspace& workspace);

// What it is by what lies around it: a file for production beside this one, pipelines that are
// alone in calling it.
[[nodiscard]] std::optional<ContextCue> told_around(const Project& project, const SourceFile& file,
                                                    const std::string& path, Workspace& workspace);

}  // namespace composelint::engine

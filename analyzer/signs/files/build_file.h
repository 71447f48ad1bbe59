// Images that a compose file for that builds: `compose.build.yaml` beside the one that runs them.
#pragma once

#include <composelint/compose.h>
#include <composelint/rule.h>
#include <composelint/source.h>

namespace composelint {

// A file whose name says that it builds makes the image under this tag, or is laid over `file` and
// says how its service is built.
[[nodiscard]] bool is_built_by_a_file(const WorkspaceFacts& facts, const SourceFile& file,
                                      const Service& service);

// A job builds it as well and pushes it, by an action: `push: true` and its name among the tags.
[[nodiscard]] bool is_pushed_by_a_workflow(const WorkspaceFacts& facts, const Service& service);

}  // namespace composelint

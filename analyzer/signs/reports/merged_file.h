// Compose files that a script or a target writes: `config > docker-compose.yml`.
#pragma once

#include <composelint/compose.h>
#include <composelint/invocation.h>
#include <composelint/rule.h>
#include <composelint/source.h>

namespace composelint {

// The project that is merged into the file which `call` finds by default; null: no such line in
// `file`, or what it merges is not known.
[[nodiscard]] const Project* merged_for(const WorkspaceFacts& facts, const SourceFile* file,
                                        const ComposeInvocation& call);

}  // namespace composelint

// Compose files that a call lays over others by a name that is only known in part:
// `-f base.yml -f "modules/$1/compose.yml"`.
#pragma once

#include <composelint/rule.h>
#include <composelint/source.h>

namespace composelint {

[[nodiscard]] bool is_glued(const WorkspaceFacts& facts, const SourceFile& file);

}  // namespace composelint

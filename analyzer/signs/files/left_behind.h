// Scripts that are kept, and run no more.
#pragma once

#include <composelint/rule.h>
#include <composelint/source.h>

namespace composelint {

// `utils/legacy/backup.sh`, and nothing elsewhere calls it: it goes with what it was written for.
[[nodiscard]] bool is_left_behind(const WorkspaceFacts& facts, const SourceFile& file);

}  // namespace composelint

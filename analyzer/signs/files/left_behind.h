// Scripts that are kept, and run no more.
#pragma once

#include <composelint/rule.h>
#include <composelint/source.h>

namespace composelint {

// `utils/legacy/backup.sh`, `old_jobs/backup.sh`, and nothing elsewhere calls it: it goes with what
// it was written for. A stack that lies with it may be in use.
[[nodiscard]] bool is_left_behind(const WorkspaceFacts& facts, const SourceFile& file);

}  // namespace composelint

// What a machine does again and again: by a schedule, at each start, whenever a backup is due.
#pragma once

#include <composelint/finding.h>
#include <composelint/rule.h>

namespace composelint {

// A dump, or a step of a script that is called a backup or by its hour, or that cron starts; not of
// one that is there for a single occasion: `setup.sh`, `migrate-to-mariadb.sh`, `pre-move.sh`.
[[nodiscard]] bool is_run_again(const WorkspaceFacts& facts, const Finding& finding);

}  // namespace composelint

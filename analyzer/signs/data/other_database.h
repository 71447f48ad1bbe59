// Dumps that are no backup of what a later step changes.
#pragma once

#include <composelint/step.h>

namespace composelint {

// `redis-cli save` and a restore of MariaDB: the programs are of different databases. Or the later
// one reads the file that the dump writes: that is its source.
[[nodiscard]] bool is_no_backup_for(const Step& dump, const Step& change);

}  // namespace composelint

// Backups that a script wants to see before it goes on: somebody else has taken them.
#pragma once

#include <composelint/timeline.h>

#include <cstddef>

namespace composelint::evidence {

// `[ -s "$BACKUP_FILE" ] || exit 1`, `if ! verify_backup; then abort; fi`: the script does not get
// to the step without one.
[[nodiscard]] bool demands_a_backup(const Timeline& timeline, std::size_t about);

}  // namespace composelint::evidence

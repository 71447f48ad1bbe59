// By which program the scripts of a repository dump what another one restores.
#pragma once

#include <composelint/rule.h>

#include <string_view>

namespace composelint {

// What the scripts next to it, or else those of the directories above, dump is all by pg_dumpall:
// its roles are there already, and the first of those errors would end the restore. `directory`:
// the path of a script.
[[nodiscard]] bool is_dumped_by_pg_dumpall(std::string_view directory, const WorkspaceFacts& facts);

}  // namespace composelint

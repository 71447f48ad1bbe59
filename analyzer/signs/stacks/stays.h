// What a stack has only where somebody keeps it: a restart policy says that of a developer's
// database as well.
#pragma once

#include <composelint/compose.h>

namespace composelint {

// Settings of production, a name or a port under which others reach it, directories of a server's
// that lie outside of any checkout, or values that it does not start without (`${KEY:?}`).
[[nodiscard]] bool has_what_stays(const Project& project);

}  // namespace composelint

// What a command destroys of the data that a stack keeps, within its services.
#pragma once

#include "guard/command.h"

namespace composelint::guard {

// Whole databases, tables or all their rows, by the statements of a client, those of a file that it
// is given, or a task that is known for it; files of a database, by programs that remove them or
// write over them, and by `cp`; all that another volume or a store of keys holds. Single rows, what
// is there for tests, and files elsewhere are not meant.
[[nodiscard]] Loss lost_data(const GuardedCommand& command);

// What a task may destroy that is fed more than could be looked at.
[[nodiscard]] Loss lost_by_unread(const GuardedCommand& command);

}  // namespace composelint::guard

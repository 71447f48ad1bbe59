// What a command destroys of the data that a stack keeps, within its services.
#pragma once

#include <string>

#include "guard/command.h"

namespace composelint::guard {

// A clause: whole databases, tables or all their rows, by the statements of a client or a task that
// is known for it; files of a database, by programs that remove them or write over them, and by
// `cp`. Empty: it destroys nothing that is seen. Single rows, what is there for tests, and files
// elsewhere are not meant.
[[nodiscard]] std::string lost_data(const GuardedCommand& command);

}  // namespace composelint::guard

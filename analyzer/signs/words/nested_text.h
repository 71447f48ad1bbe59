// Text that a command hands to another shell: `su -c '…'`, `bash <<END`.
#pragma once

#include <composelint/shell.h>
#include <composelint/source.h>

#include <vector>

namespace composelint {

// Whether `place` is no command of these, but in a text that one of them is given.
[[nodiscard]] bool stands_in_text(const std::vector<Command>& commands, Span place);

}  // namespace composelint

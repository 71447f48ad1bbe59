// Whether a call of sed only prints.
#pragma once

#include <composelint/argument.h>

#include <span>

namespace composelint::calls {

// `words` stand behind `sed`: it edits no file in place, and its script neither writes to a file
// nor runs anything. False where that is not sure.
[[nodiscard]] bool sed_only_prints(std::span<const Argument> words);

}  // namespace composelint::calls

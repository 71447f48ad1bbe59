// Defaults of a script's argument for which it wants a file to be there.
#pragma once

#include <composelint/argument.h>

namespace composelint {

// `stage=${1:-none}` and `[ -f ".env.$stage" ] || exit 1`: whether the default ever gets past that,
// only the machine knows. Of any part of the word.
[[nodiscard]] bool is_default_with_file(const Argument& word);

}  // namespace composelint

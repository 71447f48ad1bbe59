// What the comment over a command speaks of, where the command is the text of a YAML key.
#pragma once

#include <composelint/step.h>

#include <string_view>

namespace composelint {

// The comment right above the command, or above the key that has it as a block (`shell: |`), has
// `word`, which is in lower case.
[[nodiscard]] bool is_named_above(const Step& step, std::string_view word);

}  // namespace composelint

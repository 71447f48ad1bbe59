// Commands in the text that a shell is given, as words like those of the script around it.
#pragma once

#include <composelint/argument.h>
#include <composelint/script_text.h>

#include <string_view>
#include <vector>

namespace composelint {

// The last word of shell text, the quotes in front of what follows taken off.
[[nodiscard]] std::string_view last_word(std::string_view text);

// Words of a command in the text; what its own shell replaces is no secret of this machine.
[[nodiscard]] std::vector<Argument> arguments_of(const std::vector<TextWord>& text);

}  // namespace composelint

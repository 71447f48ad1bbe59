// An argument list as the line of a shell.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace composelint::guard {

struct CommandText {
  std::string text;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> words;  // begin and end of each
};

// `argv` as a shell has to be given it.
[[nodiscard]] CommandText command_text(const std::vector<std::string>& argv);

// Why a shell text is not taken, and what to give guard instead: the words themselves where the
// text is one plain command. Names its program alone, as its words may hold secrets.
[[nodiscard]] std::string no_shell_text(const std::string& text);

}  // namespace composelint::guard

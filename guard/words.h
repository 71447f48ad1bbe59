// An argument list as the line of a shell.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace composelint::guard {

struct GuardedCommand;

struct CommandText {
  std::string text;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> words;  // begin and end of each
};

// `argv` as a shell has to be given it.
[[nodiscard]] CommandText command_text(const std::vector<std::string>& argv);

// `verb` and what follows it as a call of the same project as `command`, in backquotes.
[[nodiscard]] std::string typed_for(const GuardedCommand& command, std::string_view verb);

// Why the text of `shell` is not taken, and what to give guard instead: the words themselves where
// it is one plain command, behind what stands in front of the shell. Of them the program alone is
// named, as others may hold secrets.
[[nodiscard]] std::string no_shell_text(std::string_view shell, const std::string& text,
                                        bool something_in_front);

}  // namespace composelint::guard

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

}  // namespace composelint::guard

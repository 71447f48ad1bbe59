// The commands of a one-line shell text and what stands between them, for the short texts of health
// checks. Quotes and brackets are looked past, nothing is expanded.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace composelint {

struct ShellPiece {
  std::string_view before;  // "||", "&&", "|", ";", "&"; empty at the front
  std::string_view text;    // without blanks around it
};

[[nodiscard]] std::vector<ShellPiece> shell_pieces(std::string_view text);

[[nodiscard]] std::string_view first_word(std::string_view text);

}  // namespace composelint

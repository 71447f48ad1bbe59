// What a terminal does with a character.
#pragma once

#include <cstddef>
#include <string_view>

namespace composelint::report {

struct Decoded {
  char32_t code_point = 0;
  std::size_t length = 1;  // bytes taken; 1 where they are no UTF-8
  bool valid = false;
};

// The first character of `text`, which is not empty.
[[nodiscard]] Decoded decode(std::string_view text);

// Columns of a character that is not hidden: 0 for combining marks, 2 for East Asian wide ones and
// emoji.
[[nodiscard]] std::size_t width_of(char32_t code_point);

// Characters that show nothing, or change how their neighbours are shown.
[[nodiscard]] bool is_hidden(char32_t code_point);

}  // namespace composelint::report

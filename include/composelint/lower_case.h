// Text by which names and words are compared whatever their case. ASCII letters alone.
#pragma once

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>

namespace composelint {

[[nodiscard]] inline std::string lower_case(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

}  // namespace composelint

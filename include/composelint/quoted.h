// How a message shows what somebody has written.
#pragma once

#include <string>
#include <string_view>

namespace composelint {

[[nodiscard]] inline std::string quoted(std::string_view text) {
  return "`" + std::string(text) + "`";
}

}  // namespace composelint

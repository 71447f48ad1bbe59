// Words in the place of what somebody, or another tool, puts in.
#pragma once

#include <string_view>

namespace composelint {

// `CONFIG_DIR_PLACE_HOLDER`, `changeme`, `@NAME@`, `__NAME__`, `<path>`.
[[nodiscard]] bool is_blank_word(std::string_view word);

}  // namespace composelint

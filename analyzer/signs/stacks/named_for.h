// What a stack is called in its own files.
#pragma once

#include <composelint/compose.h>

#include <string_view>
#include <vector>

namespace composelint {

// `name: shop-demo`, as the file has it, for the project or one of its networks; the words in lower
// case.
[[nodiscard]] bool is_named(const Project& project, const std::vector<std::string_view>& words);

}  // namespace composelint

// Tests that hold whatever they are about.
#pragma once

#include <cstddef>
#include <string_view>

namespace composelint {

[[nodiscard]] std::string_view line_around(std::string_view text, std::size_t at);

// `[ "$x"=="y" ]`: what stands at `at` is part of the one word between the brackets, which holds as
// it is not empty.
[[nodiscard]] bool is_tested_for_text(std::string_view text, std::size_t at);

}  // namespace composelint

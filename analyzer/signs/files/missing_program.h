// Programs that official images are known not to bring.
#pragma once

#include <string_view>

namespace composelint {

// The image as it is published has no such program: those who add it build an image of their own.
[[nodiscard]] bool lacks_program(std::string_view image, std::string_view program);

}  // namespace composelint

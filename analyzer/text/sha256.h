// A hash that tells whether two texts are one.
#pragma once

#include <string>
#include <string_view>

namespace composelint::text {

// SHA-256 in hexadecimal.
[[nodiscard]] std::string sha256(std::string_view bytes);

}  // namespace composelint::text

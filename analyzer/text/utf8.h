// UTF-8 as a check on bytes that claim to be text.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace composelint::text {

// Offset of the first byte that starts no well-formed UTF-8 sequence (Unicode 15, table 3-7: no
// overlong forms, no surrogates, nothing above U+10FFFF); nullopt when all of it is well formed.
[[nodiscard]] std::optional<std::size_t> first_invalid_utf8(std::string_view bytes);

}  // namespace composelint::text

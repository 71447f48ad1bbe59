// UTF-16, which Compose accepts in its files, as UTF-8.
#pragma once

#include <composelint/result.h>

#include <string>
#include <string_view>

namespace composelint::text {

// Whether the bytes start with a UTF-16 byte order mark, of either order.
[[nodiscard]] bool is_utf16(std::string_view bytes);
// The text as UTF-8 without the mark; `bytes` satisfy is_utf16. Fails with kSyntax on a lone
// surrogate or an odd number of bytes.
[[nodiscard]] Result<std::string> decode_utf16(std::string_view bytes);

}  // namespace composelint::text

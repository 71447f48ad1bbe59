// Whether a variable or an option holds a secret, by its name.
#pragma once

#include <string_view>

namespace composelint {

// DB_PASS, APP_KEY; not what tells about a secret (TOKEN_TTL, PASSWORD_MIN_LENGTH) or is shown to
// everybody (NEXT_PUBLIC_API_KEY).
[[nodiscard]] bool holds_a_secret(std::string_view name);

}  // namespace composelint

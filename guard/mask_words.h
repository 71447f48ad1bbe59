// Secrets that the text around them gives away.
#pragma once

#include <string>
#include <string_view>

namespace composelint::guard {

inline constexpr std::string_view kMasked = "***";

// "p" of "postgres://u:p@db/app"; empty where there is none.
[[nodiscard]] std::string_view password_in_url(std::string_view text);
// `mysql -pSECRET`: the program takes its password in the word of the option.
[[nodiscard]] bool takes_joined_password(std::string_view program);
// Passwords in URLs, what stands behind a secret name (`PASSWORD=x`, `"token": "x"`), and tokens of
// an Authorization header.
[[nodiscard]] std::string without_told_secrets(std::string_view text);

}  // namespace composelint::guard

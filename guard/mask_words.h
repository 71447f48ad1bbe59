// Secrets that the text around them gives away.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "guard/secret_words.h"

namespace composelint::guard {

inline constexpr std::string_view kMasked = "***";

// "p" of "postgres://u:p@db/app"; empty where there is none.
[[nodiscard]] std::string_view password_in_url(std::string_view text);
// "p" of `u:p@tcp(db:3306)/app` and `u:p@db:5432`, a word of its own; {0, 0} where there is none.
[[nodiscard]] TextRange password_of_address(std::string_view word);
// Passwords in URLs and DSNs, what stands behind a secret name (`PASSWORD=x`, `"token": "x"`,
// `Pwd=x;`), literals behind SQL's PASSWORD and IDENTIFIED BY, headers that hold one, and what
// Compose quotes of an env file that it cannot read. Sorted, apart from each other.
[[nodiscard]] std::vector<TextRange> told_ranges(std::string_view text);

// Sorted, those that touch put together.
[[nodiscard]] std::vector<TextRange> merged(std::vector<TextRange> ranges);
// Each of the ranges, which are merged, becomes "***".
[[nodiscard]] std::string without(std::string_view text, const std::vector<TextRange>& ranges);
[[nodiscard]] std::string without_told_secrets(std::string_view text);

}  // namespace composelint::guard

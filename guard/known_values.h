// Values that are known, taken out of a text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace composelint::guard {

// `text` with "***" for each of `values`, the longest of which come first: as they are, with bytes
// written as `%20` and blanks as `+`, and for words that hold one in base64. Short values are only
// taken where they stand alone.
[[nodiscard]] std::string without_known(std::string text,
                                        const std::vector<std::string_view>& values);

}  // namespace composelint::guard

// What this program says about itself.
#pragma once

#include <string_view>

namespace composelint::report {

[[nodiscard]] std::string_view version();
// An absolute https URI without a slash at its end, or empty: reports then leave their links out.
[[nodiscard]] std::string_view home_page();

}  // namespace composelint::report

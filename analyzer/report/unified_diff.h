// What changes in a file, in the form that `git apply` and `patch -p1` take.
#pragma once

#include <string>
#include <string_view>

namespace composelint::report {

// "--- a/path", "+++ b/path" and the hunks with three lines of context; empty for equal texts.
// Bytes of the texts are kept as they are.
[[nodiscard]] std::string unified_diff(std::string_view path, std::string_view before,
                                       std::string_view after);

}  // namespace composelint::report

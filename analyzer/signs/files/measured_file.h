// Scripts that measure what a dump has written, and test that.
#pragma once

#include <composelint/step.h>

#include <string>
#include <string_view>

namespace composelint {

[[nodiscard]] std::string without_quotes(std::string_view text);

// `SIZE=$(stat -c %s "$f")` in `before`, in front of a test of SIZE: of the file that is written so
// in the redirect. A count of old ones is no look at the new one.
[[nodiscard]] bool tests_a_measure(const Step& dump, std::string_view before,
                                   std::string_view test);

}  // namespace composelint

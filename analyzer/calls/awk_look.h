// Whether a program of awk only reads.
#pragma once

#include <string_view>

namespace composelint::calls {

// It prints to its standard output and starts nothing; false where that is not sure.
[[nodiscard]] bool awk_only_reads(std::string_view program);

}  // namespace composelint::calls

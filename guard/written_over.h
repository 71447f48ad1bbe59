// Files that a program writes over, or puts others in the place of, by its options or by its
// nature.
#pragma once

#include <composelint/script_text.h>

#include <vector>

namespace composelint::guard {

// `gzip /x`, `wget -O /x`, `sort -o /x`, `split -b 1M y /x`; `.` of one that unpacks where it
// stands.
[[nodiscard]] std::vector<TextWord> written_over(const TextCommand& command);

}  // namespace composelint::guard

// Moments for people and programs.
#pragma once

#include <cstdint>
#include <string>

namespace composelint::guard {

// "2026-11-28T12:03:38Z" of nanoseconds since 1970.
[[nodiscard]] std::string time_text(std::int64_t nanoseconds);
// "20261128-120338", for names of files.
[[nodiscard]] std::string time_stamp(std::int64_t nanoseconds);
// "3s", "5 min", "2 h", "4 days"
[[nodiscard]] std::string span_text(std::int64_t nanoseconds);

}  // namespace composelint::guard

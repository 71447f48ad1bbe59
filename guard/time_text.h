// Moments for people and programs.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace composelint::guard {

// "2026-11-28T12:03:38Z" of nanoseconds since 1970.
[[nodiscard]] std::string time_text(std::int64_t nanoseconds);
// Nanoseconds since 1970 of "2026-11-28T12:45:50.305138893Z", "2026-11-28T13:45:50+01:00"; 0: it is
// no such time.
[[nodiscard]] std::int64_t time_of(std::string_view text);
// "20261128-120338", for names of files.
[[nodiscard]] std::string time_stamp(std::int64_t nanoseconds);
// "3s", "5 min", "2 h", "4 days"
[[nodiscard]] std::string span_text(std::int64_t nanoseconds);

}  // namespace composelint::guard

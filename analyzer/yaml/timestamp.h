// Dates and times as YAML spells them without quotes.
#pragma once

#include <string_view>

namespace composelint::yaml {

// 2024-01-02, 2024-1-2 3:4:5.6, 2024-01-02T03:04:05Z, ...+02:00; a day the calendar lacks is none.
[[nodiscard]] bool is_timestamp(std::string_view text);

}  // namespace composelint::yaml

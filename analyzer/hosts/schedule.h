// The times of cron.
#pragma once

#include <string_view>

namespace composelint::hosts {

// The schedule that `line` begins with, without the blanks behind it: five fields or a nickname;
// empty when it is none.
[[nodiscard]] std::string_view schedule_of(std::string_view line);

// Where the command begins in a line with a schedule: behind it, and behind the user that system
// tables name there.
[[nodiscard]] std::size_t command_begin(std::string_view line, std::string_view schedule,
                                        bool system);

}  // namespace composelint::hosts

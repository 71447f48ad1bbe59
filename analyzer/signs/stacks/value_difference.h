// What another env file or one file more makes of the same services.
#pragma once

#include <composelint/compose.h>

#include <string>

namespace composelint {

// "another image of `app`": what the two have and do not say alike; empty without a difference.
[[nodiscard]] std::string difference(const Project& a, const Project& b);

// "no `MODE` of `app`": a variable that only the wider one sets.
[[nodiscard]] std::string lacking_variable(const Project& wider, const Project& project);

}  // namespace composelint

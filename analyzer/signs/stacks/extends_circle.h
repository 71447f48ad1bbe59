// Services that extend each other in a circle, as the messages about a project tell it.
#pragma once

#include <composelint/compose.h>

#include <string>
#include <string_view>

namespace composelint {

inline constexpr std::string_view kCircle = "Circular reference: ";

// Services that extend each other in a circle. It is said once, of the first one.
[[nodiscard]] std::string circles_of(const Project& project);

// What a service of a circle lacks may be what it would have had from the others.
[[nodiscard]] bool is_of_a_circle(std::string_view circles, const std::string& service);

}  // namespace composelint

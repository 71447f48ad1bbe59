// Services that extend each other in a circle, as the messages about a project tell it.
#pragma once

#include <composelint/compose.h>

#include <string>
#include <string_view>

namespace composelint {

inline constexpr std::string_view kCircle = "Circular reference: ";

// Services that extend each other in a circle. It is said once, of the first one.
[[nodiscard]] inline std::string circles_of(const Project& project) {
  std::string out;
  for (const ProjectProblem& problem : project.problems) {
    if (problem.message.starts_with(kCircle)) out += problem.message.substr(kCircle.size()) + "\n";
  }
  return out;
}

// What a service of a circle lacks may be what it would have had from the others.
[[nodiscard]] inline bool is_of_a_circle(std::string_view circles, const std::string& service) {
  if (circles.empty() || service.empty()) return false;
  return (" " + std::string(circles)).find(" " + service + " in ") != std::string::npos ||
         circles.find("\n" + service + " in ") != std::string::npos;
}

}  // namespace composelint

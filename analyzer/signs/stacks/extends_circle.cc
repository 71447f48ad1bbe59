#include "analyzer/signs/stacks/extends_circle.h"

#include <string>
#include <string_view>

namespace composelint {

std::string circles_of(const Project& project) {
  std::string out;
  for (const ProjectProblem& problem : project.problems) {
    if (problem.message.starts_with(kCircle)) out += problem.message.substr(kCircle.size()) + "\n";
  }
  return out;
}

bool is_of_a_circle(std::string_view circles, const std::string& service) {
  if (circles.empty() || service.empty()) return false;
  return (" " + std::string(circles)).find(" " + service + " in ") != std::string::npos ||
         circles.find("\n" + service + " in ") != std::string::npos;
}

}  // namespace composelint

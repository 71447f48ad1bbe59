#include "analyzer/signs/stacks/anothers_input.h"

#include <algorithm>

namespace composelint {

bool is_anothers_input(const Project& project) {
  return std::any_of(
      project.problems.begin(), project.problems.end(), [](const ProjectProblem& problem) {
        return problem.refused && problem.message.starts_with("unknown top-level key") &&
               problem.message.find("did you mean") == problem.message.npos &&
               problem.message.find("belongs into") == problem.message.npos;
      });
}

}  // namespace composelint

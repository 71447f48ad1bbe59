#include "analyzer/signs/stacks/import_conflict.h"

#include <string>

namespace composelint {

bool is_an_import_conflict(const ProjectProblem& problem) {
  return problem.message.ends_with(" conflicts with imported resource");
}

std::string told_of_conflict(const std::string& refusal, std::size_t more) {
  const std::string others = more == 0 ? ""
                                       : "; so it is with " + std::to_string(more) + " more place" +
                                             (more == 1 ? "" : "s") + " of this file";
  return "Compose 2.40.3 refuses the project: " + refusal +
         "; releases from 5.0 on are said to let the including file override it" + others;
}

}  // namespace composelint

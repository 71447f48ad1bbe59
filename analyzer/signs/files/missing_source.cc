#include "analyzer/signs/files/missing_source.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace composelint {

bool is_there_for_others(const WorkspaceFacts& facts, const Project& project, const Span& span) {
  return std::any_of(facts.projects.begin(), facts.projects.end(), [&](const Project* other) {
    const bool reads =
        std::find(other->files.begin(), other->files.end(), span.file) != other->files.end();
    if (other == &project || !reads) return false;
    return std::none_of(other->problems.begin(), other->problems.end(),
                        [&](const ProjectProblem& problem) { return problem.span == span; });
  });
}

std::string shown_source(const ProjectProblem& problem) {
  std::string_view text = problem.message;
  for (const std::string_view before : {"bind source ", "secret file ", "config file "}) {
    if (text.starts_with(before)) text.remove_prefix(before.size());
  }
  return std::string(text.substr(0, text.rfind(" is not there")));
}

}  // namespace composelint

#include "analyzer/signs/stacks/anothers_input.h"

#include <cstddef>
#include <string_view>

namespace composelint {

namespace {

bool is_unknown_key(const ProjectProblem& problem) {
  return problem.refused && problem.span.file != nullptr &&
         problem.message.starts_with("unknown top-level key") &&
         problem.message.find("did you mean") == problem.message.npos &&
         problem.message.find("belongs into") == problem.message.npos;
}

// What the key at `place` has is a list without an anchor: no `x-` has been forgotten there.
bool has_a_list(const Span& place) {
  std::string_view rest = place.file->bytes().substr(place.begin);
  const std::size_t colon = rest.find(':');
  if (colon == rest.npos) return false;
  rest.remove_prefix(colon + 1);
  const std::size_t begin = rest.find_first_not_of(" \t\r\n");
  return begin != rest.npos && (rest[begin] == '[' || rest.substr(begin).starts_with("- "));
}

}  // namespace

bool is_anothers_input(const Project& project) {
  std::size_t keys = 0;
  for (const ProjectProblem& problem : project.problems) {
    if (!is_unknown_key(problem)) continue;
    if (++keys > 1 || has_a_list(problem.span)) return true;
  }
  return false;
}

}  // namespace composelint

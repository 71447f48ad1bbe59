#include "analyzer/signs/stacks/anothers_input.h"

#include <algorithm>
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

// What the key at `place` has, as it is written.
std::string_view value_behind(const Span& place) {
  std::string_view rest = place.file->bytes().substr(place.begin);
  const std::size_t colon = rest.find(':');
  if (colon == rest.npos) return {};
  rest.remove_prefix(colon + 1);
  return rest.substr(std::min(rest.find_first_not_of(" \t\r\n"), rest.size()));
}

}  // namespace

bool is_anothers_input(const Project& project) {
  std::size_t keys = 0;
  for (const ProjectProblem& problem : project.problems) {
    if (!is_unknown_key(problem)) continue;
    const std::string_view value = value_behind(problem.span);
    if (value.starts_with('&')) continue;  // its `x-` has been forgotten
    if (++keys > 1 || value.starts_with('[') || value.starts_with("- ")) return true;
  }
  return false;
}

bool is_in_a_volumes_text(std::string_view where) {
  return where.find(".volumes[].content") != where.npos;
}

}  // namespace composelint

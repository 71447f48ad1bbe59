#include "analyzer/signs/stacks/checkout_name.h"

#include <composelint/path_name.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "analyzer/compose/project_name.h"

namespace composelint {

namespace {

// Shorter ones stand in many words.
constexpr std::size_t kShortest = 4;

bool is_of_the_directory(const Project& project) {
  return !project.name.from.span && project.name.known &&
         project.name.value == compose::normal_project_name(file_name(project.directory));
}

bool has_at_an_end(const Project& project, std::string_view name) {
  const std::string& own = project.name.value;
  return name.size() >= kShortest && is_of_the_directory(project) &&
         (own.starts_with(name) || own.ends_with(name));
}

}  // namespace

bool share_a_name(const Project& a, const Project& b) {
  return a.name.value == b.name.value || has_at_an_end(a, b.name.value) ||
         has_at_an_end(b, a.name.value);
}

}  // namespace composelint

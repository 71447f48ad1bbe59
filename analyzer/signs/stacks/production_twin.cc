#include "analyzer/signs/stacks/production_twin.h"

#include <composelint/path_name.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "analyzer/signs/stacks/stack_parts.h"
#include "analyzer/signs/words/development_words.h"

namespace composelint {

namespace {

// "db" of `db-prod`, `prod_db`; the name itself where nothing marks it.
std::string without_mark(std::string_view name) {
  constexpr std::string_view kJoints = "-_.";
  for (const std::string_view mark : {"prod", "production", "prd"}) {
    if (name.size() <= mark.size()) continue;
    const std::size_t rest = name.size() - mark.size();
    if (name.ends_with(mark) && kJoints.find(name[rest - 1]) != kJoints.npos) {
      return std::string(name.substr(0, rest - 1));
    }
    if (name.starts_with(mark) && kJoints.find(name[mark.size()]) != kJoints.npos) {
      return std::string(name.substr(mark.size() + 1));
    }
  }
  return std::string(name);
}

}  // namespace

const Service* twin_in(const Project& other, const Service& service) {
  if (const Service* same = other.service(service.name)) return same;
  const auto marked =
      std::find_if(other.services.begin(), other.services.end(), [&](const Service& each) {
        return each.name != service.name && without_mark(each.name) == service.name;
      });
  return marked == other.services.end() ? nullptr : &*marked;
}

bool has_a_production_twin(const Service& service, const Project& project,
                           std::span<const Project* const> projects) {
  if (project.files.size() != 1) return false;
  const SourceFile& own = *project.files.front();
  if (has_name_word(file_name(own.path()), {"prd", "prod", "production"})) return false;
  return std::any_of(projects.begin(), projects.end(), [&](const Project* other) {
    if (other->files.size() != 1) return false;
    const SourceFile& file = *other->files.front();
    if (directory_of(file) != directory_of(own) ||
        !has_name_word(file_name(file.path()), {"prd", "prod", "production"})) {
      return false;
    }
    const Service* twin = twin_in(*other, service);
    return twin != nullptr && twin->name != service.name;
  });
}

}  // namespace composelint

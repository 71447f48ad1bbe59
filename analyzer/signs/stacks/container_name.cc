#include "analyzer/signs/stacks/container_name.h"

#include <cstddef>
#include <optional>
#include <string_view>

namespace composelint {

std::optional<GeneratedName> generated_name(std::string_view word, const Project& project) {
  const std::size_t last = word.find_last_of("-_");
  if (last == std::string_view::npos || last + 1 >= word.size() || last == 0) return std::nullopt;
  const std::string_view number = word.substr(last + 1);
  if (number.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
  const char joint = word[last];
  const std::string_view front = word.substr(0, last);
  std::optional<GeneratedName> found;
  for (const Service& service : project.services) {
    if (!front.ends_with(service.name) || front.size() < service.name.size() + 2) continue;
    const std::string_view head = front.substr(0, front.size() - service.name.size());
    if (head.back() != joint || service.container_name) continue;
    if (found && found->service->name.size() > service.name.size()) continue;
    found = GeneratedName{&service, head.substr(0, head.size() - 1), joint == '_'};
  }
  return found;
}

}  // namespace composelint

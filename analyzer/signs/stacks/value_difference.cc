#include "analyzer/signs/stacks/value_difference.h"

#include <composelint/quoted.h>

#include <algorithm>
#include <string>

namespace composelint {

std::string difference(const Project& a, const Project& b) {
  for (const Service& service : a.services) {
    const Service* other = b.service(service.name);
    if (other == nullptr || !service.active || !other->active) continue;
    if (service.image && other->image && service.image->value != other->image->value) {
      return "another image of " + quoted(service.name);
    }
    for (const auto& [name, value] : service.environment) {
      for (const auto& [other_name, other_value] : other->environment) {
        if (name == other_name && value.value != other_value.value) {
          return "another " + quoted(name) + " of " + quoted(service.name);
        }
      }
    }
  }
  return {};
}

std::string lacking_variable(const Project& wider, const Project& project) {
  for (const Service& service : wider.services) {
    const Service* other = project.service(service.name);
    if (other == nullptr || !service.active || !other->active) continue;
    for (const auto& [name, value] : service.environment) {
      const bool set =
          std::any_of(other->environment.begin(), other->environment.end(),
                      [&, &wanted = name](const auto& each) { return each.first == wanted; });
      if (!set) return "no " + quoted(name) + " of " + quoted(service.name);
    }
  }
  return {};
}

}  // namespace composelint

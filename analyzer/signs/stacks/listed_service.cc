#include "analyzer/signs/stacks/listed_service.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace composelint {

namespace {

// The one service of the project whose image is called so: `postgres:15.4`.
const Service* of_image(const Project& project, std::string_view part) {
  const Service* found = nullptr;
  for (const Service& service : project.services) {
    if (!service.image || service.image->value.find(part) == std::string::npos) continue;
    if (found != nullptr) return nullptr;
    found = &service;
  }
  return found;
}

}  // namespace

const Service* named_like(const Project& project, std::string part) {
  if (part.find(':') != std::string::npos) return of_image(project, part);
  std::replace(part.begin(), part.end(), '_', '-');
  const Service* found = nullptr;
  for (const Service& service : project.services) {
    if (service.name == part) return &service;
    const auto& given = service.container_name;
    std::string name = given ? given->value : project.name.value + "-" + service.name + "-1";
    std::replace(name.begin(), name.end(), '_', '-');
    if (name.find(part) == std::string::npos) continue;
    if (found != nullptr) return nullptr;
    found = &service;
  }
  return found;
}

}  // namespace composelint

// Services that lack the same thing. What holds for most services of a file is said once for it.
#pragma once

#include <composelint/attributes.h>
#include <composelint/wording.h>

#include <algorithm>
#include <string>
#include <vector>

namespace composelint {

struct LackingServices {
  const SourceFile* file = nullptr;
  std::vector<const Service*> services;  // in the order in which they are written

  // "`app`, `db` and 3 more".
  [[nodiscard]] std::string names() const {
    std::vector<std::string> out;
    for (const Service* service : services) out.push_back(service->name);
    return listed(out);
  }
};

// By the file that the service's key is in. `lacks` is asked for services that may be started.
[[nodiscard]] inline std::vector<LackingServices> lacking_services(const Project& project,
                                                                   bool (*lacks)(const Service&,
                                                                                 const Project&)) {
  std::vector<LackingServices> out;
  for (const Service& service : project.services) {
    if (service.model == nullptr || !service.span || is_template(service, project)) continue;
    if (!lacks(service, project)) continue;
    const auto found = std::find_if(out.begin(), out.end(), [&](const LackingServices& each) {
      return each.file == service.span.file;
    });
    LackingServices& group =
        found == out.end() ? out.emplace_back(LackingServices{service.span.file, {}}) : *found;
    group.services.push_back(&service);
  }
  for (LackingServices& group : out) {
    std::sort(group.services.begin(), group.services.end(),
              [](const Service* a, const Service* b) { return a->span.begin < b->span.begin; });
  }
  return out;
}

}  // namespace composelint

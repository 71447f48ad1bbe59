// Services that lack the same thing, by the file they are written in: what holds for most services
// of a file is said once for it.
#pragma once

#include <composelint/compose.h>
#include <composelint/source.h>

#include <algorithm>
#include <string>
#include <type_traits>
#include <vector>

#include "analyzer/signs/reports/attributes.h"
#include "analyzer/signs/words/wording.h"

namespace composelint {

enum class Lack { kNotAsked, kHas, kLacks };

struct LackingServices {
  const SourceFile* file = nullptr;           // of the services' keys
  std::vector<const Service*> services = {};  // in the order in which they are written
  bool all = true;                            // no service of the file has it

  // "`app`, `db` and 3 more".
  [[nodiscard]] std::string names() const {
    std::vector<std::string> out;
    for (const Service* service : services) out.push_back(service->name);
    return listed(out);
  }
};

// `look(service, project)` is asked for services that may be started: a Lack, or whether it lacks.
template <typename Look>
[[nodiscard]] std::vector<LackingServices> lacking_services(const Project& project, Look look) {
  std::vector<LackingServices> out;
  for (const Service& service : project.services) {
    const bool runs = service.image || service.build;  // others come of a file laid over it
    if (!runs || service.model == nullptr || !service.span || is_template(service, project)) {
      continue;
    }
    Lack lack = Lack::kHas;
    if constexpr (std::is_same_v<decltype(look(service, project)), bool>) {
      if (look(service, project)) lack = Lack::kLacks;
    } else {
      lack = look(service, project);
    }
    if (lack == Lack::kNotAsked) continue;
    const auto found = std::find_if(out.begin(), out.end(), [&](const LackingServices& each) {
      return each.file == service.span.file;
    });
    LackingServices& group = found == out.end() ? out.emplace_back() : *found;
    group.file = service.span.file;
    group.all = group.all && lack == Lack::kLacks;
    if (lack == Lack::kLacks) group.services.push_back(&service);
  }
  std::erase_if(out, [](const LackingServices& group) { return group.services.empty(); });
  for (LackingServices& group : out) {
    std::sort(group.services.begin(), group.services.end(),
              [](const Service* a, const Service* b) { return a->span.begin < b->span.begin; });
  }
  return out;
}

}  // namespace composelint

#include "analyzer/signs/data/network_client.h"

#include <cstddef>
#include <string_view>
#include <vector>

#include "analyzer/signs/steps/sequence.h"

namespace composelint {

Entered reached_by_network(const Timeline& timeline, const Step& step, const TakenFor& taken) {
  if (!step.docker || !step.docker->is("container run")) return {};
  const std::vector<Argument>& inner = step.docker->inner;
  std::string_view host;
  for (std::size_t i = 1; i < inner.size(); ++i) {
    const bool option = inner[i - 1].is("-h") || inner[i - 1].is("--host");
    if (option && inner[i].known()) host = inner[i].text;
    if (inner[i].known() && inner[i].text.starts_with("--host=")) {
      host = std::string_view(inner[i].text).substr(7);
    }
  }
  if (host.empty()) return {};
  for (const OptionUse& use : step.docker->options) {
    if (use.name != "--network" || !use.value) continue;
    for (const Step& other : timeline.steps) {
      const Project* project = other.call ? taken(*other.call) : nullptr;
      if (project == nullptr || !same_place(other, step)) continue;
      const Service* service = project->service(host);
      if (service != nullptr && use.value->is((project->name.value + "_default").c_str())) {
        return {project, service};
      }
    }
  }
  return {};
}

}  // namespace composelint

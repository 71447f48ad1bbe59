#include "analyzer/signs/stacks/developers_container.h"

#include <algorithm>
#include <string>

#include "analyzer/signs/reports/attributes.h"
#include "analyzer/signs/stacks/developers_stack.h"
#include "analyzer/signs/stacks/production_twin.h"

namespace composelint {

bool enters_a_developers_container(const Step& step, std::span<const Project* const> projects) {
  if (step.place != Place::kHost && step.place != Place::kContainer) return false;
  if (!step.docker || !step.docker->is("container exec") || step.docker->operands.empty()) {
    return false;
  }
  const Argument& container = step.docker->operands.front();
  if (!container.known()) return false;
  bool found = false;
  for (const Project* project : projects) {
    const auto is_it = [&](const Service& each) {
      return text_at(each, "container_name") == container.text;
    };
    const auto service = std::find_if(project->services.begin(), project->services.end(), is_it);
    if (service == project->services.end()) continue;
    if (!is_developers_stack(*project) && !has_a_production_twin(*service, *project, projects)) {
      return false;
    }
    found = true;
  }
  return found;
}

}  // namespace composelint

#include "analyzer/signs/stacks/healthy_since_up.h"

#include <algorithm>

namespace composelint {

bool waits_by_itself(const Step& step) {
  const auto& call = step.call;
  if (!call || (!call->is("up") && !call->is("run")) || call->has("--no-deps")) return false;
  const Project* project = call->target.project;
  if (project == nullptr || call->services.empty()) return false;
  return std::all_of(call->services.begin(), call->services.end(), [&](const Argument& name) {
    const Service* service = name.known() ? project->service(name.text) : nullptr;
    return service != nullptr &&
           std::any_of(service->depends_on.begin(), service->depends_on.end(),
                       [](const DependsOn& on) { return on.condition == "service_healthy"; });
  });
}

}  // namespace composelint

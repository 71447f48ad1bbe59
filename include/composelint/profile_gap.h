// A service that is there needs one that only another profile enables: Compose refuses the project,
// whatever it is asked to do.
#pragma once

#include <composelint/compose.h>
#include <composelint/invocation.h>

#include <algorithm>

namespace composelint {

// Some file beside it sets COMPOSE_PROFILES: what is active is not known.
[[nodiscard]] inline bool has_profiles_nearby(const Project& project) {
  const auto& nearby = project.set_nearby;
  return std::binary_search(nearby.begin(), nearby.end(), "COMPOSE_PROFILES");
}

[[nodiscard]] inline const Service* lacking_for(const Service& service, const DependsOn& on,
                                                const Project& project) {
  if (!service.active || !on.required) return nullptr;
  const Service* target = project.service(on.service);
  return target != nullptr && !target->active && !target->profiles.empty() ? target : nullptr;
}

// The call ends with "depends on undefined service" before it does anything.
[[nodiscard]] inline bool is_refused_for_its_profiles(const ComposeInvocation& call) {
  const Project* project = call.target.project;
  if (project == nullptr || project->partial || call.opaque_global) return false;
  if (call.verb.empty() || call.is("version") || call.is("ls")) return false;
  if (has_profiles_nearby(*project)) return false;
  return std::any_of(project->services.begin(), project->services.end(), [&](const Service& each) {
    return std::any_of(each.depends_on.begin(), each.depends_on.end(), [&](const DependsOn& on) {
      return lacking_for(each, on, *project) != nullptr;
    });
  });
}

}  // namespace composelint

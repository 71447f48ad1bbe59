#include "analyzer/signs/stacks/profile_gap.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace composelint {

bool has_profiles_nearby(const Project& project) {
  const auto& nearby = project.set_nearby;
  return std::binary_search(nearby.begin(), nearby.end(), "COMPOSE_PROFILES");
}

const Service* lacking_for(const Service& service, const DependsOn& on, const Project& project) {
  if (!service.active || !on.required) return nullptr;
  const Service* target = project.service(on.service);
  return target != nullptr && !target->active && !target->profiles.empty() ? target : nullptr;
}

namespace {

// The script has its profiles or the project's name from elsewhere: from an environment that it
// sets, a file that it reads or writes.
bool has_settings_out_of_sight(const ComposeInvocation& call) {
  static constexpr std::array<std::string_view, 5> kSets = {
      "COMPOSE_PROFILES", "COMPOSE_PROJECT_NAME", ".env", "source ", "\n. "};
  if (call.global_option("--env-file") != nullptr || call.span.file == nullptr) return true;
  const std::string_view text = call.span.file->bytes();
  return std::any_of(kSets.begin(), kSets.end(),
                     [&](std::string_view each) { return text.find(each) != text.npos; });
}

// `-p shop down` acts by the name and reads no file.
bool acts_by_name(const ComposeInvocation& call) {
  return call.global_option("--project-name") != nullptr && call.global_option("--file") == nullptr;
}

}  // namespace

bool is_refused_for_its_profiles(const ComposeInvocation& call) {
  const Project* project = call.target.project;
  if (project == nullptr || project->partial || call.opaque_global) return false;
  if (call.verb.empty() || call.is("version") || call.is("ls")) return false;
  if (has_profiles_nearby(*project) || acts_by_name(call)) return false;
  const auto lacks = [&](const Service& each) {
    return std::any_of(each.depends_on.begin(), each.depends_on.end(), [&](const DependsOn& on) {
      return lacking_for(each, on, *project) != nullptr;
    });
  };
  // Few projects lack anything: only then the whole script is searched.
  return std::any_of(project->services.begin(), project->services.end(), lacks) &&
         !has_settings_out_of_sight(call);
}

}  // namespace composelint

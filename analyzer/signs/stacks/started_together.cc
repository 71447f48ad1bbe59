#include "analyzer/signs/stacks/started_together.h"

#include <composelint/value.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/reports/attributes.h"
#include "analyzer/signs/stacks/stack_parts.h"

namespace composelint {

namespace {

// It needs the other one, by way of others too.
bool depends_on(const Service& service, const Service& other, const Project& project) {
  std::set<std::string_view> seen = {service.name};
  std::vector<const Service*> waiting = {&service};
  while (!waiting.empty()) {
    const Service& next = *waiting.back();
    waiting.pop_back();
    for (const DependsOn& on : next.depends_on) {
      if (on.service == other.name) return true;
      const Service* behind = project.service(on.service);
      if (behind != nullptr && seen.insert(behind->name).second) waiting.push_back(behind);
    }
  }
  return false;
}

}  // namespace

bool is_parked_by_another_file(const Service& service) {
  return std::any_of(
      service.profiles.begin(), service.profiles.end(), [&](const Located<std::string>& profile) {
        return service.span && profile.from.span && profile.from.span.file != service.span.file;
      });
}

bool start_together(const Service& a, const Service& b, const Project& project) {
  if (is_template(a, project) || is_template(b, project)) return false;
  if (a.profiles.empty() && b.profiles.empty()) return true;
  if (is_parked_by_another_file(a) || is_parked_by_another_file(b)) return false;
  const bool shared =
      std::any_of(a.profiles.begin(), a.profiles.end(), [&](const Located<std::string>& profile) {
        return std::any_of(b.profiles.begin(), b.profiles.end(),
                           [&](const auto& other) { return other.value == profile.value; });
      });
  return shared || depends_on(a, b, project) || depends_on(b, a, project);
}

namespace {

bool starts(const ComposeInvocation& call) {
  return call.is("up") || call.is("create") || call.is("start") || call.is("watch");
}

bool starts_both(const ComposeInvocation& call, std::string_view a, std::string_view b) {
  const auto names = [&](std::string_view name) {
    return std::any_of(call.services.begin(), call.services.end(),
                       [&](const Argument& each) { return !each.known() || each.text == name; });
  };
  return starts(call) && (call.services.empty() || (names(a) && names(b)));
}

bool is_written_in(const Project& project, const SourceFile* file) {
  return std::any_of(project.written.begin(), project.written.end(),
                     [&](const WrittenFile& each) { return each.file == file; });
}

bool lies_beside(const Project& project, const SourceFile* file) {
  return std::any_of(project.written.begin(), project.written.end(), [&](const WrittenFile& each) {
    return directory_of(*each.file) == directory_of(*file);
  });
}

}  // namespace

bool calls_may_start(const WorkspaceFacts& facts, const SourceFile* file, std::string_view a,
                     std::string_view b) {
  bool called = false;
  // In the file beside it, which is called.
  bool apart = false;
  bool together = false;
  for (const TaskView& task : facts.tasks) {
    for (const Step& step : task.timeline->steps) {
      const Project* project = step.call ? step.call->target.project : nullptr;
      if (project == nullptr || project->service(a) == nullptr || project->service(b) == nullptr) {
        continue;
      }
      const bool own = is_written_in(*project, file);
      if (!own && !lies_beside(*project, file)) continue;
      const bool both = starts_both(*step.call, a, b);
      if (own && both) return true;
      called |= own;
      together |= both;
      apart |= starts(*step.call) && !both;
    }
  }
  return !called && (together || !apart);
}

bool looks_like_swarm(const Project& project) {
  const Value* networks = project.networks_model;
  if (networks != nullptr) {
    for (const Member& network : networks->members) {
      if (network.value.text_of("driver") == "overlay") return true;
    }
  }
  static constexpr std::array<std::string_view, 6> kIts = {
      "deploy.endpoint_mode", "deploy.labels",          "deploy.mode",
      "deploy.placement",     "deploy.rollback_config", "deploy.update_config"};
  return std::any_of(project.services.begin(), project.services.end(), [](const Service& service) {
    return std::any_of(kIts.begin(), kIts.end(), [&](std::string_view path) {
      const Value* value = service.attribute(path);
      return value != nullptr && value->span;  // else Compose filled it in
    });
  });
}

}  // namespace composelint

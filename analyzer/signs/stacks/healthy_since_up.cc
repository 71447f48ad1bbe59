#include "analyzer/signs/stacks/healthy_since_up.h"

#include <composelint/service_role.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "analyzer/signs/steps/sequence.h"

namespace composelint {
namespace {

// A whole stack's `up` of which the script knows that it went well.
bool is_up_since(const Timeline& timeline, const Step& step) {
  const Step* up = last_before(timeline, step, [&](const Step& other) {
    return other.call && other.call->is("up") && other.call->operands.empty() &&
           !other.call->opaque_options && !other.call->has("--no-deps") &&
           same_stack(*other.call, *step.call) && other.status == StatusUse::kStops;
  });
  return up != nullptr &&
         timeline.reach(index_of(timeline, *up), index_of(timeline, step)) == Reach::kAlways;
}

}  // namespace

bool is_known_to_be_healthy(const Timeline& timeline, const Step& question) {
  const Argument* asked = question.call ? question.call->service() : nullptr;
  const Project* project = asked == nullptr ? nullptr : question.call->target.project;
  if (project == nullptr) return false;
  const auto waits = [&](const Service& service) {
    return service.active &&
           std::any_of(service.depends_on.begin(), service.depends_on.end(), [&](const auto& on) {
             return on.service == asked->text && on.condition == "service_healthy";
           });
  };
  return std::any_of(project->services.begin(), project->services.end(), waits) &&
         is_up_since(timeline, question);
}

bool has_its_database_since_up(const Timeline& timeline, const Step& step) {
  if (!step.call || !step.call->is("exec") || step.effect != Effect::kMigrates) return false;
  const Argument* name = step.call->service();
  const Project* project = name == nullptr ? nullptr : step.call->target.project;
  const Service* service = project == nullptr ? nullptr : project->service(name->text);
  return service != nullptr &&
         std::any_of(service->depends_on.begin(), service->depends_on.end(),
                     [&](const DependsOn& on) {
                       const Service* other = project->service(on.service);
                       return on.condition == "service_healthy" && other != nullptr &&
                              role_of(*other) == ServiceRole::kDatabase;
                     }) &&
         is_up_since(timeline, step);
}

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

bool is_awaited_by_the_runner(const Timeline& task) {
  const std::string_view path = task.file->path();
  if (path.find(".github/workflows/") == path.npos || task.task.empty()) return false;
  const std::string_view text = task.file->bytes();
  const std::string head = "\n  " + task.task + ":";
  const std::size_t job = text.find(head);
  if (job == text.npos) return false;
  const std::size_t steps = text.find("\n    steps:", job + head.size());
  return steps != text.npos && text.substr(job, steps - job).find("--health-cmd") != text.npos;
}

}  // namespace composelint

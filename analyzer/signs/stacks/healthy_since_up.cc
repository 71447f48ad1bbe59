#include "analyzer/signs/stacks/healthy_since_up.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "analyzer/signs/steps/sequence.h"

namespace composelint {

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
  if (std::none_of(project->services.begin(), project->services.end(), waits)) return false;
  const Step* up = last_before(timeline, question, [&](const Step& other) {
    return other.call && other.call->is("up") && other.call->operands.empty() &&
           !other.call->opaque_options && !other.call->has("--no-deps") &&
           same_stack(*other.call, *question.call) && other.status == StatusUse::kStops;
  });
  return up != nullptr &&
         timeline.reach(index_of(timeline, *up), index_of(timeline, question)) == Reach::kAlways;
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

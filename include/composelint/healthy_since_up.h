// Services that `up` has waited for on behalf of others.
#pragma once

#include <composelint/sequence.h>

#include <algorithm>

namespace composelint {

// `exec db pg_isready` behind `up -d` of a stack in which another service waits for `db` to be
// healthy: had it not come, the script would have ended there.
[[nodiscard]] inline bool is_known_to_be_healthy(const Timeline& timeline, const Step& question) {
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

}  // namespace composelint

// The service whose container `docker exec` enters, where the script tells which that is.
#pragma once

#include <composelint/sequence.h>
#include <composelint/waiting.h>

#include <algorithm>
#include <string>
#include <string_view>

namespace composelint {

struct Entered {
  const Project* project = nullptr;
  const Service* service = nullptr;  // null: its container is not known
};

// `compose ps -q db`, whose output is the word: `$(…)` itself, or a variable set to it.
[[nodiscard]] inline const Step* asks_for_container(const Timeline& timeline, const Step& step,
                                                    const Argument& word) {
  if (word.known() || word.holes.size() != 1) return nullptr;
  std::string_view name = word.span.text();
  while (!name.empty() && std::string_view("\"${").find(name.front()) != std::string_view::npos) {
    name.remove_prefix(1);
  }
  while (name.ends_with('"') || name.ends_with('}')) name.remove_suffix(1);
  return last_before(timeline, step, [&](const Step& other) {
    const auto& call = other.call;
    if (!call || !call->is("ps") || !call->has("--quiet") || call->services.size() != 1) {
      return false;
    }
    if (holds(word.span, other.span)) return true;
    std::string_view front = other.span.file->bytes().substr(0, other.span.begin);
    if (front.ends_with("$(")) {
      front.remove_suffix(2);
    } else if (front.ends_with('`')) {
      front.remove_suffix(1);
    } else {
      return false;
    }
    if (front.ends_with('"')) front.remove_suffix(1);
    return front.ends_with('=') && front.substr(0, front.size() - 1).ends_with(name);
  });
}

// Only projects that the script itself drives count: a name is the machine's own.
[[nodiscard]] inline Entered entered_by_docker(const Timeline& timeline, const Step& step) {
  if (!step.docker || !step.docker->is("container exec") || step.docker->operands.empty()) {
    return {};
  }
  const Argument& word = step.docker->operands.front();
  if (!word.known()) {
    const Step* asked = asks_for_container(timeline, step, word);
    if (asked == nullptr || asked->call->target.project == nullptr) return {};
    const Project* project = asked->call->target.project;
    return {project, project->service(asked->call->services.front().text)};
  }
  for (const Step& other : timeline.steps) {
    const Project* project = other.call ? other.call->target.project : nullptr;
    if (project == nullptr || !same_place(other, step)) continue;
    for (const Service& service : project->services) {
      const auto& name = service.container_name;
      const std::string made = project->name.value + "-" + service.name + "-1";
      if (name ? name->known && name->value == word.text : made == word.text) {
        return {project, &service};
      }
    }
  }
  return {};
}

}  // namespace composelint

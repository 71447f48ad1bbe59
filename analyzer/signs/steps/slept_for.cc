#include "analyzer/signs/steps/slept_for.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "analyzer/signs/data/database_client.h"
#include "analyzer/signs/data/database_use.h"
#include "analyzer/signs/stacks/lifecycle.h"
#include "analyzer/signs/stacks/waiting.h"
#include "analyzer/signs/steps/entered.h"
#include "analyzer/signs/steps/inner_command.h"
#include "analyzer/signs/steps/may_fail.h"
#include "analyzer/signs/steps/on_a_way.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/steps/streams.h"
#include "analyzer/signs/words/wording.h"

namespace composelint {

namespace {

// `"$DB_CONTAINER"`: whatever it is called, the same word is the same container.
std::string variable_in(const Argument& word) {
  const bool plain =
      is_one_hole(word) && word.holes.front().name.find_first_of("$(@*?") == std::string::npos;
  return plain ? "$" + word.holes.front().name : std::string();
}

// A client that works in a container of a stack that is not known; empty: no such.
std::string client_of(const Timeline& timeline, const Step& step) {
  if (step.place == Place::kContainer) return {};
  const auto inner = inner_command_of(step);
  if (!inner || inner->fresh || inner->opaque || !runs_client(*inner->words)) return {};
  const bool health = step.role == Role::kHealth || step.role == Role::kWaits;
  if (health || is_left_to_somebody(step, *inner->words)) return {};
  if (step.call) {
    const Argument* name = step.call->service();
    return name != nullptr && step.call->target.project == nullptr ? name->text : std::string();
  }
  const Argument& name = step.docker->operands.front();
  if (entered_by_docker(timeline, step).service != nullptr) return {};
  if (name.known()) return name.text;
  std::string listed = listed_container(timeline, step, name);
  return listed.empty() ? variable_in(name) : listed;
}

// A client in the same container, as far as its name tells, has been through it.
bool enters_with_client(const Timeline& timeline, const Step& step, const std::string& name) {
  const auto inner = inner_command_of(step);
  if (!inner || inner->fresh || !runs_client(*inner->words)) return false;
  std::string other;
  if (step.call) {
    if (const Argument* service = step.call->service()) other = service->text;
  } else {
    const Argument& word = step.docker->operands.front();
    other = word.known() ? word.text : listed_container(timeline, step, word);
  }
  return other.empty() || name.find(other) != std::string::npos ||
         other.find(name) != std::string::npos;
}

// Starts the container, and comes back at once.
bool starts_named(const Step& step, const std::string& name) {
  const auto is_it = [&](const Argument& word) {
    if (name.starts_with('$')) return variable_in(word) == name;
    return word.known() && !word.text.empty() && name.find(word.text) != std::string::npos;
  };
  if (const auto& docker = step.docker) {
    const bool again = docker->is("container start") || docker->is("container restart");
    if (again) return std::any_of(docker->operands.begin(), docker->operands.end(), is_it);
    const OptionUse* use = docker->option("--name");
    return docker->is("container run") && docker->has("--detach") && use != nullptr && use->value &&
           (use->value->text == name || variable_in(*use->value) == name);
  }
  const auto& call = step.call;
  if (!call || call->opaque_options || call->has("--wait")) return false;
  const bool up = call->is("up") && call->has("--detach");
  if (!up && !call->is("start") && !call->is("restart")) return false;
  if (call->operands.empty()) return call->target.project == nullptr;
  return std::any_of(call->services.begin(), call->services.end(), is_it);
}

}  // namespace

std::optional<SleptFor> slept_for(const Timeline& timeline, const Step& use) {
  std::string name = client_of(timeline, use);
  if (name.empty() || may_fail(timeline, use) || tries_again(use)) {
    return std::nullopt;
  }
  const std::size_t here = index_of(timeline, use);
  const Step* sleep = nullptr;
  for (std::size_t i = here; i-- > 0;) {
    const Step& step = timeline.steps[i];
    if (step.detached != use.detached || timeline.reach(i, here) == Reach::kNever) continue;
    if (starts_named(step, name)) {
      const bool told = step.call && step.call->is("up") && !step.call->services.empty();
      const bool sure = (sleep != nullptr || (told && !use.call)) && same_place(step, use) &&
                        leads_to(timeline, step, use);
      return sure ? std::optional(SleptFor{&step, sleep, std::move(name)}) : std::nullopt;
    }
    if (sleeps(step)) sleep = &step;
    if (waits(timeline, step) != Waits::kNo || step.asks || polls(timeline, step, use) ||
        may_hide_compose(step) || (step.effect == Effect::kShell && !is_fed(step)) ||
        enters_with_client(timeline, step, name)) {
      return std::nullopt;
    }
  }
  return std::nullopt;
}

}  // namespace composelint

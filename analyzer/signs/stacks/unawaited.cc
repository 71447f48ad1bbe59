#include "analyzer/signs/stacks/unawaited.h"

#include <composelint/service_role.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/data/database_use.h"
#include "analyzer/signs/data/databases.h"
#include "analyzer/signs/stacks/lifecycle.h"
#include "analyzer/signs/stacks/waiting.h"
#include "analyzer/signs/steps/may_fail.h"
#include "analyzer/signs/steps/on_a_way.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/development_words.h"

namespace composelint {

namespace {

bool is_named(const std::vector<const Service*>& services, const std::string& name) {
  return std::any_of(services.begin(), services.end(),
                     [&](const Service* service) { return service->name == name; });
}

// Another step that needs the same service has been through it before; one whose failure is thrown
// away may have found nobody there.
bool needs_same(const Timeline& timeline, const Step& step, const Service& service,
                const TakenFor& taken) {
  if (step.status == StatusUse::kDiscarded) return false;
  const Service* needed = needed_database(timeline, step, taken);
  return needed != nullptr && needed->name == service.name;
}

// `exec db bash -c 'until …; do sleep 1; done'`.
bool waits_inside(const Step& step) {
  const bool enters = step.call ? step.call->is("exec") || step.call->is("run")
                                : step.docker && step.docker->is("container exec");
  return enters && std::any_of(step.argv.begin(), step.argv.end(), [](const Argument& word) {
           const auto has = [&](std::string_view text) {
             return word.text.find(text) != word.text.npos;
           };
           return (has("until ") || has("while ")) && has("sleep ");
         });
}

// `run --rm ready` of a service that is there to wait for those that it needs, by its image
// (`wait-for-dependencies`) or by its command (`dockerize -wait tcp://db:5432`), which names whom.
bool runs_a_wait(const ComposeInvocation& call, const Service& awaited, const TakenFor& taken) {
  const bool runs = call.is("run") && !call.has("--no-deps") && !call.has("--detach");
  const Project* project = runs ? taken(call) : nullptr;
  const Argument* name = project != nullptr ? call.service() : nullptr;
  const Service* service = name != nullptr ? project->service(name->text) : nullptr;
  if (service == nullptr || !call.inner.empty()) return false;
  std::string words;
  for (const auto& part : {service->entrypoint, service->command}) {
    if (!part) continue;
    for (const std::string& word : part->value) words += " " + word;
  }
  if (!words.empty() && words.find(awaited.name) == words.npos) return false;
  if (service->image) words += " " + service->image->value;
  return has_name_word(words, {"wait"});
}

// `exec cache redis-cli ping`, `up -d --wait cache`: another server answers, and nothing is said of
// `service`.
bool is_about_another(const Timeline& timeline, const Step& step, const Service& service,
                      const TakenFor& taken) {
  if (step.call && step.call->is("up")) {
    const auto started = started_by(*step.call, taken);
    return !started.empty() && !is_named(started, service.name);
  }
  const auto [project, entered] = works_in(timeline, step, taken);
  if (entered == nullptr || entered->name == service.name) return false;
  const ServiceRole role = role_of(*entered);
  return (role == ServiceRole::kDatabase || role == ServiceRole::kCache) &&
         !needs(*entered, service);
}

// `until exec cache redis-cli ping; do sleep 1; done`: the pause of such a loop.
bool polls_another(const Timeline& timeline, const Step& pause, const Service& service,
                   const TakenFor& taken) {
  return std::any_of(pause.conditions.begin(), pause.conditions.end(), [&](const Condition& way) {
    const Branch& loop = timeline.branches[way.branch];
    return loop.kind == BranchKind::kWhile &&
           std::any_of(timeline.steps.begin(), timeline.steps.end(), [&](const Step& asks) {
             return written_in(loop.condition, asks) &&
                    is_about_another(timeline, asks, service, taken);
           });
  });
}

}  // namespace

std::optional<Unawaited> unawaited_use(const Timeline& timeline, const Step& use,
                                       const TakenFor& taken) {
  if (use.place == Place::kContainer) return std::nullopt;
  const Service* service = needed_database(timeline, use, taken);
  if (service == nullptr || may_fail(timeline, use) || tries_again(use)) {
    return std::nullopt;
  }
  const bool runs = use.call && use.call->is("run");
  if (runs && awaited_by(started_by(*use.call, taken), *service)) return std::nullopt;
  const std::size_t here = index_of(timeline, use);
  // The one right before has been through it; a script of a thousand such is looked at once.
  if (here > 0 && needs_same(timeline, timeline.steps[here - 1], *service, taken) &&
      timeline.reach(here - 1, here) == Reach::kAlways) {
    return std::nullopt;
  }
  const std::string& project = works_in(timeline, use, taken).project->name.value;
  Unawaited found;
  bool awaited = false;
  for (std::size_t i = 0; i < here; ++i) {
    const Step& step = timeline.steps[i];
    if (step.detached != use.detached || timeline.reach(i, here) == Reach::kNever) continue;
    if (found.start != nullptr) {
      const bool polled =
          polls(timeline, step, use) && polls_another(timeline, step, *service, taken);
      if (sleeps(step) && !polled && found.sleep == nullptr) found.sleep = &step;
      const bool waited = (waits(timeline, step) != Waits::kNo || waits_inside(step)) &&
                          !is_about_another(timeline, step, *service, taken);
      awaited |= waited || step.asks || (polls(timeline, step, use) && !polled) ||
                 may_hide_compose(step) || needs_same(timeline, step, *service, taken) ||
                 step.effect == Effect::kShell;
    }
    const Project* other = step.call ? taken(*step.call) : nullptr;
    if (other == nullptr || other->name.value != project || !same_place(step, use)) continue;
    const ComposeInvocation& call = *step.call;
    if (call.opaque_options) return std::nullopt;
    // What has been waited for before is gone.
    const bool ends = call.is("down") || call.is("stop");
    if (ends && reaches_service(call, *service) && timeline.reach(i, here) == Reach::kAlways) {
      found = {};
      awaited = false;
    }
    if (!call.is("up") && !call.is("start") && !call.is("restart") && !call.is("run")) continue;
    const auto started = started_by(call, taken);
    if (!is_named(started, service->name)) continue;
    awaited |=
        call.has("--wait") || awaited_by(started, *service) || runs_a_wait(call, *service, taken);
    const bool detaches = !call.is("up") || call.has("--detach");
    if (found.start == nullptr && detaches && !call.is("run") && leads_to(timeline, step, use)) {
      found.start = &step;
      found.service = other->service(service->name);
    }
  }
  if (awaited) return std::nullopt;
  return found.start == nullptr ? std::nullopt : std::optional(found);
}

}  // namespace composelint

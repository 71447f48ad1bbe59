#include <algorithm>
#include <array>
#include <set>

#include "guard/stack_view.h"

namespace composelint::guard {

namespace {

template <std::size_t Size>
bool one_of(std::string_view word, const std::array<std::string_view, Size>& set) {
  return std::find(set.begin(), set.end(), word) != set.end();
}

bool recreates(const PlannedAction& action) {
  static constexpr std::array<std::string_view, 3> kActions = {"Recreate", "Recreated",
                                                               "Recreating"};
  return action.kind == "Container" && one_of(action.action, kActions);
}

bool removes(const PlannedAction& action) {
  static constexpr std::array<std::string_view, 4> kActions = {"Removing", "Removed", "Stopping",
                                                               "Stopped"};
  return action.kind == "Container" && one_of(action.action, kActions);
}

bool starts(const PlannedAction& action) {
  static constexpr std::array<std::string_view, 7> kActions = {
      "Creating", "Created", "Create", "Starting", "Started", "Restart", "Restarted"};
  return action.kind == "Container" && one_of(action.action, kActions);
}

// Containers of others that would be replaced or removed.
std::set<std::string> hit(const StackView& view, const DryRun& plan) {
  std::set<std::string> names;
  for (const PlannedAction& action : plan.actions) {
    const Container* one = view.container(action.name);
    const bool own = one != nullptr && one->service == view.service;
    if (!own && (recreates(action) || removes(action))) names.insert(action.name);
  }
  return names;
}

// Containers of the service that `up` would make anew. To remove one is a matter of numbers: it has
// been scaled.
std::set<std::string> drifted(const StackView& view) {
  std::set<std::string> names;
  for (const PlannedAction& action : view.snapshot.up.actions) {
    const Container* one = view.container(action.name);
    if (recreates(action) && one != nullptr && one->service == view.service) {
      names.insert(action.name);
    }
  }
  return names;
}

std::vector<std::string> list_of(const std::set<std::string>& names) {
  return {names.begin(), names.end()};
}

// A dependency is there that could be replaced.
bool has_live_dependency(const StackView& view) {
  return std::any_of(view.dependencies.begin(), view.dependencies.end(),
                     [&](const auto& on) { return !view.snapshot.live(on.name).empty(); });
}

Answer no_recreate(const StackView& view) {
  constexpr std::string_view kClaim = "no-recreate";
  const Snapshot& now = view.snapshot;
  if (!now.task.asked) {
    const bool alone = view.call.has("--no-deps") && !view.call.has("--remove-orphans");
    if (alone) return supported(kClaim, Severity::kError, "--no-deps leaves the others alone");
    return unknown(kClaim, view.grave(), "what run does to others was not looked at",
                   "see " + view.typed("--dry-run run -d " + view.service + " true"));
  }
  std::set<std::string> names = hit(view, now.task);
  // The other plan covers dependencies, too: it is the witness when this one ended early.
  if (!view.call.has("--no-deps") && !now.task.ok) names.merge(hit(view, now.up));
  if (!names.empty()) {
    return refuted(kClaim, Severity::kError,
                   "run would recreate or remove " + listed(list_of(names)),
                   "bring the stack up to date with " + view.typed("up -d") +
                       " first, or give run the same environment and files, or --no-deps");
  }
  const bool told = now.task.ok && (!now.task.actions.empty() || !has_live_dependency(view) ||
                                    view.call.has("--no-deps"));
  const bool other = now.up.asked && now.up.ok && !view.call.has("--remove-orphans");
  if (told || other || !has_live_dependency(view)) {
    return supported(kClaim, Severity::kError, "run leaves the other containers as they are");
  }
  return unknown(kClaim, view.grave(),
                 "what run does to others is not known" +
                     (now.task.failure.empty() ? "" : ": " + now.task.failure),
                 "see " + view.typed("--dry-run run -d " + view.service + " true"));
}

// exec does not start what is down; run does, by the way.
Answer dependencies_up(const StackView& view) {
  constexpr std::string_view kClaim = "dependencies-up";
  const Severity severity = view.by_stake(Severity::kWarning, Severity::kNote, Severity::kNote);
  std::vector<std::string> down;
  for (const Dependency& on : view.dependencies) {
    if (on.one_shot) continue;
    const std::vector<const Container*> live = view.snapshot.live(on.name);
    const bool up = std::any_of(live.begin(), live.end(), [](const Container* one) {
      return one->state == "running" || one->state == "paused" || one->state == "restarting";
    });
    if (!up) down.push_back(on.name);
  }
  std::string names;
  for (const std::string& name : down) names += " " + name;
  const std::string remedy = "start it with " + view.typed("up -d --wait" + names);
  const bool starts_them = view.call.is("run") && !view.call.has("--no-deps");
  if (!down.empty()) {
    return refuted(
        kClaim, severity,
        listed(down) + (down.size() == 1 ? " is" : " are") + " not running" +
            (starts_them ? ", and run would start " + std::string(down.size() == 1 ? "it" : "them")
                         : ""),
        remedy);
  }
  // What ends by itself is run once more.
  std::set<std::string> again;
  for (const PlannedAction& action : view.snapshot.task.actions) {
    const Container* one = view.container(action.name);
    if (!starts(action) || one == nullptr || one->running()) continue;
    const Dependency* on = view.dependency(one->service);
    if (on != nullptr && on->one_shot) again.insert(on->name);
  }
  if (!again.empty()) {
    return refuted(kClaim, severity, "run would run " + listed(list_of(again)) + " once more",
                   "--no-deps leaves it alone");
  }
  return supported(kClaim, severity, "what it depends on is up");
}

Answer no_drift(const StackView& view) {
  constexpr std::string_view kClaim = "no-drift";
  const bool migrates = view.facts.command.step->effect == Effect::kMigrates;
  // exec works by what is live. run takes the files, and a migration comes before the `up` that
  // takes them as well.
  const Severity severity =
      view.exec
          ? (migrates ? Severity::kError
                      : view.by_stake(Severity::kWarning, Severity::kWarning, Severity::kNote))
          : Severity::kNote;
  const DryRun& up = view.snapshot.up;
  const std::set<std::string> names = drifted(view);
  if (!names.empty()) {
    return refuted(kClaim, severity,
                   listed(list_of(names)) + (names.size() == 1 ? " differs" : " differ") +
                       " from what the files say",
                   view.typed("up -d") + " would recreate it; see what changed first");
  }
  if (view.snapshot.live(view.service).empty()) {
    return supported(kClaim, severity, "no live container of it could have drifted");
  }
  if (!up.asked || !up.ok) {
    return unknown(kClaim, severity,
                   "whether the live service is what the files say is not known" +
                       (up.failure.empty() ? "" : ": " + up.failure),
                   "see " + view.typed("--dry-run up -d"));
  }
  return supported(kClaim, severity, "the live service is what the files say");
}

Answer image_current(const StackView& view) {
  constexpr std::string_view kClaim = "image-current";
  const bool migrates = view.facts.command.step->effect == Effect::kMigrates;
  const Severity severity =
      migrates && !view.exec ? Severity::kNote
                             : view.by_stake(Severity::kWarning, Severity::kNote, Severity::kNote);
  const auto& configured = view.snapshot.configured_image_id;
  if (!configured) {
    const Service* service = view.facts.command.service();
    const bool built = service != nullptr && service->build;
    return unknown(kClaim, severity, "the configured image is not on the engine",
                   view.typed((built ? "build " : "pull ") + view.service) + " brings it");
  }
  bool compared = false;
  for (const Container* one : view.snapshot.live(view.service)) {
    if (one->image_id.empty()) continue;
    compared = true;
    if (one->image_id == *configured) continue;
    return refuted(kClaim, severity,
                   view.exec ? "the task runs the code of " + one->name +
                                   ", and the configured image is another"
                             : "the task runs the new code, and " + one->name + " the old",
                   view.typed("up -d") + " puts the new image into service");
  }
  return supported(kClaim, severity,
                   compared ? "the live service runs the configured image"
                            : "no live container runs another image");
}

}  // namespace

void ask_changes(const StackView& view, std::vector<Answer>& answers) {
  const bool listed_all = view.snapshot.containers_failure.empty();
  if (view.call.is("run")) {
    answers.push_back(no_recreate(view));
    answers.back().origin = "docker compose --dry-run run";
  }
  if (!listed_all) return;
  if (!view.dependencies.empty()) {
    answers.push_back(dependencies_up(view));
    answers.back().origin = "docker ps";
  }
  Answer drift = no_drift(view);
  // Beside a stack of two pieces nothing is well with it.
  if (drift.truth != Truth::kSupported || on_fewer_files(view).empty()) {
    drift.origin = "docker compose --dry-run up";
    answers.push_back(std::move(drift));
  }
  answers.push_back(image_current(view));
  answers.back().origin = "docker image inspect";
}

}  // namespace composelint::guard

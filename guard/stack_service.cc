#include <composelint/nearest.h>

#include <algorithm>

#include "guard/parse.h"
#include "guard/stack_view.h"

namespace composelint::guard {

namespace {

constexpr std::string_view kPs = "docker ps";

bool lists_containers(const StackView& view) {
  return view.snapshot.containers_failure.empty();
}

std::vector<std::string> names_of(const StackView& view,
                                  const std::optional<ClientProject>& client) {
  std::vector<std::string> names;
  if (view.project != nullptr) {
    for (const Service& one : view.project->services) names.push_back(one.name);
  }
  for (std::size_t i = 0; client && i < client->services.size(); ++i) {
    names.push_back(client->services[i].name);
  }
  return names;
}

Answer exists(const StackView& view) {
  constexpr std::string_view kClaim = "service-exists";
  const ConfigFacts& best =
      view.snapshot.all_profiles.valid ? view.snapshot.all_profiles : view.snapshot.config;
  const auto client = best.valid ? parse_client_project(best.json) : std::nullopt;
  const std::vector<std::string> names = names_of(view, client);
  if (std::find(names.begin(), names.end(), view.service) != names.end()) {
    return supported(kClaim, Severity::kError, "the project has a service " + view.service);
  }
  if (!client && (view.project == nullptr || view.project->partial)) {
    return unknown(kClaim, Severity::kError, "which services the project has is not known",
                   "see " + view.typed("config --services"));
  }
  const std::vector<std::string_view> candidates(names.begin(), names.end());
  const std::string_view near = nearest(view.service, candidates);
  return refuted(kClaim, Severity::kError, "the project has no service " + view.service,
                 near.empty() ? "it has " + listed(names) : "did you mean " + std::string(near));
}

std::string words_for(const Container& one) {
  if (one.state == "running" && !one.health.empty()) return one.name + " is " + one.health;
  if (one.state == "exited") return one.name + " has ended";
  return one.name + " is " + one.state;
}

// "1 or 3": of the containers that `exec` could enter.
std::string numbers_of(const StackView& view) {
  std::string out;
  for (const Container* one : view.snapshot.live(view.service)) {
    if (one->running()) out += (out.empty() ? "" : " or ") + std::to_string(one->number);
  }
  return out;
}

Answer running(const StackView& view) {
  constexpr std::string_view kClaim = "service-running";
  const std::vector<const Container*> targets = view.targets();
  const std::string remedy = "start it with " + view.typed("up -d " + view.service);
  for (const Container* one : targets) {
    if (one->running() || one->state == "paused") {
      return supported(kClaim, Severity::kError, one->name + " is there");
    }
  }
  if (!targets.empty()) {
    return refuted(kClaim, Severity::kError, words_for(*targets.front()), remedy);
  }
  for (const Container* one : view.snapshot.one_offs(view.service)) {
    if (!one->running()) continue;
    return refuted(kClaim, Severity::kError,
                   "only a one-off container of " + view.service + " runs (" + one->name +
                       "), and exec would enter it",
                   remedy);
  }
  const std::string others = numbers_of(view);
  if (view.call.option("--index") != nullptr && !others.empty()) {
    return refuted(kClaim, Severity::kError, "no container of " + view.service + " has this number",
                   "choose one with --index " + others);
  }
  return refuted(kClaim, Severity::kError, "no container of " + view.service + " is there", remedy);
}

Answer not_paused(const StackView& view) {
  constexpr std::string_view kClaim = "service-not-paused";
  std::vector<std::string> paused;
  std::string services;
  const auto look = [&](const Container* one) {
    if (one->state != "paused") return;
    paused.push_back(one->name);
    // Others may be paused on purpose. Replicas stand side by side.
    if (!services.ends_with(" " + one->service)) services += " " + one->service;
  };
  if (view.exec) {
    for (const Container* one : view.targets()) look(one);
  } else if (!view.call.has("--no-deps")) {
    for (const Dependency& on : view.dependencies) {
      for (const Container* one : view.snapshot.live(on.name)) look(one);
    }
  }
  if (paused.empty()) return supported(kClaim, Severity::kError, "nothing that it needs is paused");
  return refuted(kClaim, Severity::kError,
                 listed(paused) + (paused.size() == 1 ? " is paused" : " are paused"),
                 view.typed("unpause" + services) + " brings " +
                     (paused.size() == 1 ? "it" : "them") + " back");
}

// Which container `exec` enters is a matter of numbers where there are several.
Answer right_container(const StackView& view) {
  constexpr std::string_view kClaim = "right-container";
  const Severity severity = view.by_stake(Severity::kWarning, Severity::kWarning, Severity::kNote);
  const std::vector<const Container*> all = view.snapshot.live(view.service);
  const bool chosen = view.call.option("--index") != nullptr;
  if (chosen || all.size() == 1) {
    return supported(kClaim, severity, "exec enters the container that is meant");
  }
  const auto first =
      std::find_if(all.begin(), all.end(), [](const Container* one) { return one->running(); });
  if (first == all.end()) return supported(kClaim, severity, "there is none to choose");
  const std::string remedy = "choose one with --index N";
  if (first != all.begin()) {
    return refuted(kClaim, severity,
                   words_for(*all.front()) + ", so exec would enter " + (*first)->name, remedy);
  }
  return refuted(kClaim, severity,
                 view.service + " has " + std::to_string(all.size()) +
                     " containers, and exec would enter " + (*first)->name,
                 remedy);
}

Answer healthy(const StackView& view) {
  constexpr std::string_view kClaim = "service-healthy";
  Readiness target = readiness_of_target(view);
  Readiness others = readiness_of_dependencies(view);
  const std::string remedy = "see " + view.typed("ps") + " and " + view.typed("logs");
  if (view.exec) {
    others.troubles.insert(others.troubles.begin(), target.troubles.begin(), target.troubles.end());
  } else if (others.troubles.empty() && !target.troubles.empty()) {
    // `run` makes a container of its own; the live one may be ill because the task is missing.
    return refuted(kClaim, view.by_stake(Severity::kWarning, Severity::kNote, Severity::kNote),
                   listed(target.troubles), remedy);
  }
  if (!others.troubles.empty()) {
    return refuted(kClaim, view.grave(), listed(others.troubles), remedy);
  }
  return supported(kClaim, view.grave(), "nothing that it needs is unhealthy");
}

void look(const std::vector<const Container*>& containers, Readiness& readiness) {
  for (const Container* one : containers) {
    readiness.known = true;
    const bool ill = one->health == "unhealthy" || one->health == "starting" ||
                     one->state == "restarting" || one->state == "dead";
    if (ill) readiness.troubles.push_back(words_for(*one));
  }
}

}  // namespace

Readiness readiness_of_dependencies(const StackView& view) {
  Readiness readiness;
  for (const Dependency& on : view.dependencies) {
    if (!on.one_shot) look(view.snapshot.live(on.name), readiness);
  }
  return readiness;
}

Readiness readiness_of_target(const StackView& view) {
  Readiness readiness;
  look(view.exec ? view.targets() : view.snapshot.live(view.service), readiness);
  return readiness;
}

void ask_service(const StackView& view, std::vector<Answer>& answers) {
  answers.push_back(exists(view));
  answers.back().origin = "docker compose config";
  // The rest would say the same again in other words.
  if (answers.back().truth == Truth::kRefuted) return;
  const std::size_t before = answers.size();
  if (!lists_containers(view)) {
    answers.push_back(
        unknown(view.exec ? "service-running" : "service-healthy",
                view.exec ? Severity::kError : view.grave(),
                "the containers cannot be listed: " + view.snapshot.containers_failure,
                "see " + view.typed("ps -a")));
  } else {
    if (view.exec) answers.push_back(running(view));
    answers.push_back(not_paused(view));
    answers.push_back(healthy(view));
    if (view.exec) answers.push_back(right_container(view));
  }
  for (std::size_t i = before; i < answers.size(); ++i) answers[i].origin = kPs;
}

}  // namespace composelint::guard

#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "analyzer/signs/reports/attributes.h"

namespace composelint::rules {
namespace {

// Depth first without recursion: each dependency that leads back to a service on the way.
class Search {
 public:
  Search(const Project& project, RuleContext& context) : project_(project), context_(context) {}

  void run();

 private:
  enum class State { kNew, kOpen, kDone };
  struct Step {
    const Service* service = nullptr;
    std::size_t next = 0;
  };

  void walk(const Service& start);
  void report(std::size_t first, const DependsOn& back);

  const Project& project_;
  RuleContext& context_;
  std::map<const Service*, State> states_;
  std::vector<Step> path_;
  std::size_t told_ = 0;
};

// A circle of thousands is nobody's, and its ways are as many.
constexpr std::size_t kLongest = 12;
constexpr std::size_t kMost = 8;

void Search::report(std::size_t first, const DependsOn& back) {
  if (++told_ > kMost) return;
  const Service& last = *path_.back().service;
  const std::size_t end = std::min(path_.size(), first + kLongest);
  std::string way;
  for (std::size_t i = first; i < end; ++i) way += quoted(path_[i].service->name) + " → ";
  way += (end < path_.size() ? "… → " : "") + quoted(back.service);
  Finding& finding = context_.report(
      back.span ? back.span : last.span,
      back.service == last.name
          ? quoted(last.name) + " depends on itself: Compose refuses the project"
          : "the dependencies go in a circle, " + way + ": Compose refuses the project",
      {last.name, back.service});
  for (std::size_t i = first; i < end && i + 1 < path_.size(); ++i) {
    const DependsOn& on = path_[i].service->depends_on[path_[i].next - 1];
    const Service& from = *path_[i].service;
    finding.related.push_back(
        {on.span ? on.span : from.span, quoted(from.name) + " needs " + quoted(on.service)});
  }
}

void Search::walk(const Service& start) {
  path_ = {{&start}};
  states_[&start] = State::kOpen;
  while (!path_.empty()) {
    Step& step = path_.back();
    if (step.next >= step.service->depends_on.size()) {
      states_[step.service] = State::kDone;
      path_.pop_back();
      continue;
    }
    const DependsOn& on = step.service->depends_on[step.next++];
    const Service* next = project_.service(on.service);
    if (next == nullptr || (!next->active && is_template(*next, project_))) continue;
    State& state = states_[next];
    if (state == State::kNew) {
      state = State::kOpen;
      path_.push_back({next});
    } else if (state == State::kOpen) {
      std::size_t first = 0;
      while (path_[first].service != next) ++first;
      report(first, on);
    }
  }
}

void Search::run() {
  for (const Service& service : project_.services) {
    if (is_template(service, project_) || states_[&service] != State::kNew) continue;
    walk(service);
  }
}

void on_project(const Project& project, RuleContext& context) {
  Search(project, context).run();
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  app: {image: example/app:1.4, depends_on: [worker]}\n"
              "  worker: {image: example/app:1.4, depends_on: [app]}\n",
    .safe = "services:\n"
            "  app: {image: example/app:1.4, depends_on: [worker]}\n"
            "  worker: {image: example/app:1.4}\n",
    .is_compose = true,
}};

}  // namespace

COMPOSELINT_RULE(dependency_cycle) = {
    .slug = "dependency-cycle",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError,
                 .dev = Severity::kError,
                 .ci = Severity::kError,
                 .docs = Severity::kWarning},
    .summary = "Services depend on each other in a circle",
    .rationale =
        "`depends_on`, and with it `links`, `volumes_from`, `network_mode: service:…` and their "
        "like, says who starts first. Where it leads back to the service it came from there is no "
        "first one, and Compose refuses the project: `dependency cycle detected: a -> b -> a`, "
        "exit code 1. Of services in profiles it does so when they are active.",
    .silent_on = "Services that are only there for others to be made from.",
    .examples = kExamples,
    .on_project = on_project,
};

}  // namespace composelint::rules

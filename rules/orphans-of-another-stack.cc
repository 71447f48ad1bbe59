#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "analyzer/signs/stacks/lifecycle.h"
#include "analyzer/signs/stacks/writers.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

bool starts(const ComposeInvocation& call) {
  return call.is("up") || call.is("start") || call.is("create");
}

bool is_bound(const ComposeInvocation& call) {
  const Target& target = call.target;
  return target.project != nullptr && target.name_known && target.others.empty() &&
         !target.project->partial && !call.opaque_global;
}

// A call that has a file of the other one drops the rest of it on purpose.
bool share_a_file(const Project& a, const Project& b) {
  return std::any_of(a.files.begin(), a.files.end(), [&](const SourceFile* file) {
    return std::find(b.files.begin(), b.files.end(), file) != b.files.end();
  });
}

// Services that `other` has started and that the files of `call` do not have.
std::vector<std::string> orphans_of(const ComposeInvocation& other, const ComposeInvocation& call) {
  std::vector<std::string> names;
  for (const Service& service : other.target.project->services) {
    if (!reaches_service(other, service)) continue;
    if (call.target.project->service(service.name) == nullptr) names.push_back(service.name);
  }
  return names;
}

void on_invocation(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  if (!call.has("--remove-orphans") || !is_bound(call) || context.timeline() == nullptr) return;
  if (call.is("down") && comes_from_trap(step)) return;
  const Timeline& timeline = *context.timeline();
  const std::size_t here = index_of(timeline, step);
  for (std::size_t i = here; i-- > 0;) {
    const Step& earlier = timeline.steps[i];
    if (!earlier.call || earlier.detached != step.detached || !same_place(earlier, step)) continue;
    const ComposeInvocation& other = *earlier.call;
    if (!is_bound(other) || !same_stack(other, call) ||
        other.target.project == call.target.project) {
      continue;
    }
    // Those that the script takes down itself are no loss.
    if (other.is("down") || other.is("rm") || other.is("stop") || other.is("kill")) return;
    if (share_a_file(*other.target.project, *call.target.project)) continue;
    if (!starts(other) || timeline.reach(i, here) != Reach::kAlways) continue;
    const std::vector<std::string> names = orphans_of(other, call);
    if (names.empty()) continue;
    Finding& finding = context.report(
        call.option("--remove-orphans")->span,
        "removes the containers of " + listed(names) + ", which " + line_of(earlier, call.span) +
            " has started: both stacks are called " + quoted(call.target.project->name.value) +
            ", and the files of this call do not name them",
        {call.verb, names.front()});
    finding.related.push_back({other.span, "started here"});
    return;
  }
}

// A call of one task of a file, or of one of its ways.
struct Start {
  const TaskView* task = nullptr;
  const Step* step = nullptr;
};

std::vector<Start> starts_of(const WorkspaceFacts& facts) {
  std::vector<Start> out;
  for (const TaskView& task : facts.tasks) {
    if (task.context == Context::kCi || task.context == Context::kDocs) continue;
    for (const Step& step : task.timeline->steps) {
      const bool stays = step.call && step.call->is("up") && step.call->has("--detach");
      if (stays && step.place == Place::kHost && is_bound(*step.call))
        out.push_back({&task, &step});
    }
  }
  return out;
}

bool are_disjoint(const Project& a, const Project& b) {
  return std::none_of(a.services.begin(), a.services.end(),
                      [&](const Service& service) { return b.service(service.name) != nullptr; });
}

// The one is taken down before the other comes, or both are brought up one after the other, which
// is told where it stands.
bool is_told_of_or_meant(const Start& call, const Start& other) {
  const Timeline& timeline = *call.task->timeline;
  const std::size_t here = index_of(timeline, *call.step);
  for (std::size_t i = 0; i < timeline.steps.size(); ++i) {
    const Step& near = timeline.steps[i];
    const Reach reach = i < here ? timeline.reach(i, here) : timeline.reach(here, i);
    if (&near == other.step && reach == Reach::kAlways) return true;
    const bool ends = near.call && (near.call->is("down") || near.call->is("stop"));
    if (ends && i < here && may_share_stack(*near.call, *other.step->call)) return true;
  }
  return false;
}

// `make app` and `make monitoring`: the one target takes away what the other one has started.
void on_workspace(const WorkspaceFacts& facts, RuleContext& context) {
  const std::vector<Start> starts = starts_of(facts);
  std::set<std::pair<const SourceFile*, std::string>> told;
  for (const Start& start : starts) {
    const ComposeInvocation& call = *start.step->call;
    if (!call.has("--remove-orphans") || !call.span) continue;
    for (const Start& by : starts) {
      const ComposeInvocation& other = *by.step->call;
      if (other.span.file != call.span.file) continue;
      // What a script is told by a word may be meant for one machine each, unless both clear away.
      if (by.task == start.task && !other.has("--remove-orphans")) continue;
      const Project& theirs = *other.target.project;
      if (!same_stack(other, call) || share_a_file(theirs, *call.target.project)) continue;
      if (!are_disjoint(theirs, *call.target.project) || is_told_of_or_meant(start, by)) continue;
      const std::vector<std::string> names = orphans_of(other, call);
      if (names.empty()) continue;
      if (!told.insert({call.span.file, theirs.name.value}).second) break;
      Finding& finding = context.report(
          call.option("--remove-orphans")->span,
          "removes the containers of " + listed(names) + " where " + line_of(*by.step, call.span) +
              " has started them: both stacks are called " + quoted(theirs.name.value) +
              ", and the files of this call do not name them",
          {call.verb, names.front()});
      finding.severity = std::min(context.severity_in(start.task->context), Severity::kWarning);
      finding.context = to_string(start.task->context);
      finding.related.push_back({other.span, "started here, on another way"});
      break;
    }
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "set -e\n"
              "docker compose -f extra.yaml up -d\n"
              "docker compose -f compose.yaml up -d --remove-orphans\n",
    .safe = "set -e\n"
            "docker compose -p extra -f extra.yaml up -d\n"
            "docker compose -f compose.yaml up -d --remove-orphans\n",
    .compose = "# compose.yaml\nservices:\n  app:\n    image: example/app:1.4\n"
               "# extra.yaml\nservices:\n  cache:\n    image: redis:7\n",
}};

}  // namespace

COMPOSELINT_RULE(orphans_of_another_stack) = {
    .slug = "orphans-of-another-stack",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError, .dev = Severity::kWarning, .ci = Severity::kWarning},
    .summary = "--remove-orphans removes containers that the script starts as another stack",
    .rationale =
        "An orphan is a container of the same project name that the files of the call do not know. "
        "Two files in one directory share that name unless one of them is given another, so `-f "
        "a.yaml up -d` and then `-f b.yaml up -d --remove-orphans` removes all of a, running or "
        "not, and its anonymous volumes are left dangling (measured with Compose 2.40.3). `-p`, "
        "`name:` or both files in one call keep them apart, or together.",
    .silent_on =
        "Stacks that the same script does not start: of two files in a directory mostly one is "
        "meant for each machine. Other targets or ways of the file count, as a warning, where the "
        "stacks have no service in common. Stacks that it stops in between, and calls with a file "
        "in common, "
        "which change a stack on purpose. Calls whose files or project name are not known; "
        "services of inactive profiles, which are no orphans. A `down` in a `trap`: what the "
        "script has started is to go.",
    .examples = kExamples,
    .on_invocation = on_invocation,
    .on_workspace = on_workspace,
};

}  // namespace composelint::rules

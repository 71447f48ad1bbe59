#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/stacks/lifecycle.h"
#include "analyzer/signs/stacks/writers.h"
#include "analyzer/signs/steps/sequence.h"

namespace composelint::rules {
namespace {

struct Start {
  const Step* step = nullptr;
  const Project* project = nullptr;
  Context context = Context::kOps;
};

// Every `up` whose project and name are known.
std::vector<Start> starts_of(const WorkspaceFacts& facts) {
  std::vector<Start> out;
  for (const TaskView& task : facts.tasks) {
    if (task.context == Context::kCi || task.context == Context::kDocs) continue;
    for (const Step& step : task.timeline->steps) {
      if (!step.call || !step.call->is("up") || step.place != Place::kHost) continue;
      const Target& target = step.call->target;
      const Project* project = target.project;
      if (project == nullptr || !target.name_known || !target.others.empty()) continue;
      if (project->partial || project->services.empty() || !project->name.known) continue;
      out.push_back({&step, project, task.context});
    }
  }
  return out;
}

bool are_disjoint(const Project& a, const Project& b) {
  return std::none_of(a.services.begin(), a.services.end(),
                      [&](const Service& service) { return b.service(service.name) != nullptr; });
}

// Somebody wrote the name down; else it is that of a directory.
bool is_chosen(const Start& start) {
  return start.step->call->global_option("--project-name") != nullptr ||
         start.project->name.from.span;
}

std::string files_of(const Project& project) {
  return project.files.empty() ? "it" : quoted(project.files.front()->path());
}

// `up -d --remove-orphans` of that name, or something that may be it.
bool are_orphans_removed(const WorkspaceFacts& facts, const std::string& name) {
  const auto removes = [&](const Step& step) {
    if (!step.call || !step.call->has("--remove-orphans")) return false;
    const Project* project = step.call->target.project;
    return project == nullptr || !project->name.known || project->name.value == name;
  };
  return std::any_of(facts.tasks.begin(), facts.tasks.end(), [&](const TaskView& task) {
    return task.context != Context::kDocs &&
           std::any_of(task.timeline->steps.begin(), task.timeline->steps.end(), removes);
  });
}

// The stacks of one name that get into each other's way, each with the first call that starts it.
struct Group {
  const Start* first = nullptr;
  std::vector<const Start*> others;  // of stacks that have nothing in common with `first`'s
};

std::map<std::pair<std::string_view, Context>, Group> groups_of(const std::vector<Start>& starts) {
  std::map<std::pair<std::string_view, Context>, Group> groups;
  for (const Start& start : starts) {
    Group& group = groups[{start.project->name.value, start.context}];
    if (group.first == nullptr) {
      group.first = &start;
      continue;
    }
    const Start& first = *group.first;
    const bool clash =
        first.project != start.project && first.project->directory != start.project->directory &&
        !(is_chosen(first) && is_chosen(start)) && are_disjoint(*first.project, *start.project);
    const bool known = std::any_of(
        group.others.begin(), group.others.end(),
        [&](const Start* other) { return other->project->directory == start.project->directory; });
    if (clash && !known) group.others.push_back(&start);
  }
  return groups;
}

// One finding a name: they are told apart in one go.
void on_workspace(const WorkspaceFacts& facts, RuleContext& context) {
  constexpr std::size_t kMostRelated = 4;
  const std::vector<Start> starts = starts_of(facts);
  std::set<std::string_view> told;
  for (const auto& [what, group] : groups_of(starts)) {
    if (group.others.empty() || !told.insert(what.first).second) continue;
    const Start& a = *group.first;
    const Start& b = *group.others.front();
    const std::size_t more = group.others.size() - 1;
    std::string message = "this `up` of " + files_of(*b.project) + " and the one of " +
                          files_of(*a.project) + " act on one project, " +
                          quoted(b.project->name.value) +
                          ": each sees the other's containers as orphans, and --remove-orphans "
                          "removes them";
    if (more > 0) {
      message += "; so it is with " + std::to_string(more) + " more " +
                 (more == 1 ? "stack" : "stacks") + " of that name";
    }
    Finding& finding =
        context.report(b.step->call->span, std::move(message), {"up", b.project->name.value});
    finding.severity = context.severity_in(b.context);
    // Compose warns of orphans, and leaves them alone until it is told otherwise.
    if (!are_orphans_removed(facts, b.project->name.value)) {
      finding.severity = std::min(finding.severity, Severity::kNote);
    }
    finding.context = to_string(b.context);
    finding.related.push_back({a.step->call->span, "brings up the other one"});
    for (std::size_t i = 1; i < std::min(group.others.size(), kMostRelated); ++i) {
      finding.related.push_back({group.others[i]->step->call->span, "and one more of that name"});
    }
  }
}

// Each project that the call may mean; empty where one of them is not known.
std::vector<const Project*> projects_of(const ComposeInvocation& call) {
  std::vector<const Project*> out(call.target.others);
  if (out.empty() || call.target.project != nullptr) out.push_back(call.target.project);
  const bool known = std::all_of(out.begin(), out.end(), [](const Project* project) {
    return project != nullptr && !project->partial && project->name.known;
  });
  return known && call.target.name_known && !call.opaque_global ? out
                                                                : std::vector<const Project*>();
}

bool has_all_files_of(const Project& a, const Project& b) {
  return std::all_of(b.files.begin(), b.files.end(), [&](const SourceFile* file) {
    return std::find(a.files.begin(), a.files.end(), file) != a.files.end();
  });
}

// What the call ends and `up` has started, though neither means the other's file: a service that
// both have is one container of one project.
std::string ended_of(const ComposeInvocation& call, const ComposeInvocation& up) {
  const auto theirs = projects_of(up);
  const auto own = projects_of(call);
  std::string ended;
  for (const Project* a : theirs) {
    for (const Project* b : own) {
      if (a == b) continue;  // `$NEW` is never `$OLD`
      if (a->name.value != b->name.value) return {};
      if (has_all_files_of(*a, *b) || has_all_files_of(*b, *a)) return {};
      const auto both = [&](const Service& service) {
        return reaches_service(up, service) && reaches_service(call, service) &&
               b->service(service.name) != nullptr;
      };
      const auto at = std::find_if(a->services.begin(), a->services.end(), both);
      if (at == a->services.end()) return {};
      ended = at->name;
    }
  }
  return ended;
}

std::string written_files(const ComposeInvocation& call) {
  std::string out;
  for (const OptionUse& use : call.global_options) {
    if (use.name == "--file" && use.value) out += std::string(use.value->place().text()) + "\n";
  }
  return out;
}

// `-f green.yaml up -d`, then `-f blue.yaml down`: the old one goes, as it is meant to, and is the
// new one.
void on_invocation(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  if (!(call.is("down") || call.is("stop") || call.is("rm")) || context.timeline() == nullptr) {
    return;
  }
  if (context.context() != Context::kOps || comes_from_trap(step)) return;
  const Timeline& timeline = *context.timeline();
  const std::size_t here = index_of(timeline, step);
  const Step* start = last_before(timeline, step, [&](const Step& other) {
    return other.call && other.call->is("up") && other.call->has("--detach") &&
           same_place(other, step);
  });
  if (start == nullptr || timeline.reach(index_of(timeline, *start), here) != Reach::kAlways)
    return;
  if (written_files(*start->call) == written_files(call)) return;
  const std::string ended = ended_of(call, *start->call);
  if (ended.empty()) return;
  const std::string& name = projects_of(call).front()->name.value;
  Finding& finding = context.report(
      call.span,
      quoted(call.verb) + " ends the " + quoted(ended) + " that " + line_of(*start, call.span) +
          " has started: both files are project " + quoted(name) + ", and what is " +
          quoted(ended) + " in both is one container, which " + quoted("up") +
          " has replaced already",
      {call.verb, name});
  finding.related.push_back({start->call->span, "started here"});
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose up -d --wait\n"
              "docker compose -f other/project/compose.yaml up -d --wait\n",
    .safe = "docker compose up -d --wait\n"
            "docker compose -p other -f other/project/compose.yaml up -d --wait\n",
    .compose = "services:\n  app:\n    image: example/app:1.4\n",
    .beside = "other/project/compose.yaml\nservices:\n  jobs:\n    image: example/jobs:1.4\n",
}};

}  // namespace

COMPOSELINT_RULE(shared_project_name) = {
    .slug = "shared-project-name",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kWarning, .ci = Severity::kOff},
    .summary = "Two stacks are brought up under one project name",
    .rationale =
        "Without `-p`, `name:` or COMPOSE_PROJECT_NAME a project is called after the directory of "
        "its first compose file: `a/docker/compose.yml` and `b/docker/compose.yml` are both "
        "`docker`. Compose tells projects by that name alone. Each stack's containers are orphans "
        "to the other one, `up` warns of them, and `up` or `down` with `--remove-orphans` removes "
        "them (measured with 2.40.3). A note where nothing in sight passes that option. All stacks "
        "of a name are told of once. Two files of one directory, a blue and a green one say, are "
        "one project as well: `-f green.yaml up -d` replaces the containers of the services that "
        "both have, and the `-f blue.yaml down` behind it ends the new ones.",
    .silent_on =
        "Stacks that have a service in common: variants of one, of which one runs, unless an "
        "operator's script ends the one right behind the start of the other. Several files of one "
        "directory, which may be meant as one stack. Names that "
        "somebody wrote down on both sides. Scripts of different contexts (a developer's and an "
        "operator's run on different machines), CI jobs. Stacks that no script brings up.",
    .examples = kExamples,
    .on_invocation = on_invocation,
    .on_workspace = on_workspace,
};

}  // namespace composelint::rules

#include <composelint/lifecycle.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/wording.h>

#include <algorithm>
#include <string>
#include <vector>

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

void on_workspace(const WorkspaceFacts& facts, RuleContext& context) {
  const std::vector<Start> starts = starts_of(facts);
  for (std::size_t later = 1; later < starts.size(); ++later) {
    for (std::size_t earlier = 0; earlier < later; ++earlier) {
      const Start& a = starts[earlier];
      const Start& b = starts[later];
      const bool same = a.project != b.project && a.context == b.context &&
                        a.project->directory != b.project->directory &&
                        a.project->name.value == b.project->name.value;
      if (!same || (is_chosen(a) && is_chosen(b)) || !are_disjoint(*a.project, *b.project))
        continue;
      Finding& finding = context.report(
          b.step->call->span,
          "this `up` of " + files_of(*b.project) + " and the one of " + files_of(*a.project) +
              " act on one project, " + quoted(b.project->name.value) +
              ": each sees the other's containers as orphans, and --remove-orphans removes them",
          {"up", b.project->name.value});
      finding.severity = context.severity_in(b.context);
      finding.context = to_string(b.context);
      finding.related.push_back({a.step->call->span, "brings up the other one"});
      break;
    }
  }
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
        "them (measured with 2.40.3).",
    .silent_on =
        "Stacks that have a service in common: variants of one, of which one runs. Several files "
        "of "
        "one directory, which may be meant as one stack. Names that "
        "somebody wrote down on both sides. Scripts of different contexts (a developer's and an "
        "operator's run on different machines), CI jobs. Stacks that no script brings up.",
    .examples = kExamples,
    .on_workspace = on_workspace,
};

}  // namespace composelint::rules

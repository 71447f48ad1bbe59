#include <composelint/path_name.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <set>
#include <string>

#include "analyzer/signs/reports/project_trouble.h"
#include "analyzer/signs/steps/demanded_elsewhere.h"
#include "analyzer/signs/steps/set_elsewhere.h"
#include "analyzer/signs/words/mentions.h"

namespace composelint::rules {
namespace {

void look_at(const Project& project, const WorkspaceFacts& facts, RuleContext& context) {
  // Only where the stack's env file is in sight: else the caller is to bring the variable.
  if (project.env_files.empty() || has_hidden_env_file(project, facts)) return;
  std::set<std::string> seen;
  for (const ProjectProblem& problem : project.problems) {
    if (trouble_of(problem) != Trouble::kRequired || !problem.span) continue;
    const std::string name = required_variable(problem);
    if (comes_with_the_session(name) || !seen.insert(name).second) continue;
    if (std::binary_search(project.set_nearby.begin(), project.set_nearby.end(), name) ||
        mentioned(facts, project, name)) {
      continue;
    }
    Finding& finding = context.report(
        problem.span,
        quoted(name) +
            " is required and set nowhere in sight: Compose refuses the project with \"" +
            "required variable " + name + " is missing a value\"",
        {name});
    finding.related.push_back({{project.env_files.front(), 0, 0},
                               "the variables come from here, and it is not among them"});
  }
}

// `stop.sh` calls without the file that `start.sh` reads in front of its call.
void look_at_scripts(const WorkspaceFacts& facts, RuleContext& context) {
  for (const TaskView& task : facts.tasks) {
    const auto unread = unread_settings(facts, task);
    if (!unread) continue;
    const Step& other = *unread->other;
    Finding& finding =
        context.report(unread->call->call->span,
                       quoted(unread->call->call->verb) + " is refused where nobody has set " +
                           quoted(unread->name) + ", which the compose file requires: " +
                           quoted(std::string(file_name(other.span.file->path()))) + " reads " +
                           quoted(unread->file) + " first, and this script does not",
                       {unread->call->call->verb, unread->name});
    finding.severity = context.severity_in(task.context);
    finding.context = to_string(task.context);
    finding.related.push_back({other.call->span, "calls with what it has read"});
  }
}

void on_workspace(const WorkspaceFacts& facts, RuleContext& context) {
  look_at_scripts(facts, context);
  if (some_call_is_open(facts) || env_file_comes_from_elsewhere(facts)) return;
  const auto lacking = [](const Project& project) -> auto& {
    return project.problems;
  };
  for (const Project* project : facts.projects) {
    const bool otherwise = lacks_less_elsewhere(*project, facts, lacking);
    if (!otherwise && is_in_use(facts, *project)) look_at(*project, facts, context);
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n  app:\n    image: example/app:${TAG:?which one}\n",
    .safe = "services:\n  app:\n    image: example/app:${TAG:-1.4}\n",
    .is_compose = true,
    .beside = ".env\nHOST=example.org\n",
}};

}  // namespace

COMPOSELINT_RULE(required_variable_missing) = {
    .slug = "required-variable-missing",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError,
                 .dev = Severity::kWarning,
                 .ci = Severity::kWarning,
                 .docs = Severity::kNote},
    .summary = "A compose file requires a variable that its env file does not set",
    .rationale =
        "`${X:?}` makes the lack of a value an error: `required variable X is missing a value`, "
        "exit code 1, for `ps` and `logs` too (measured with 2.40.3). Where the stack's env file "
        "is in the repository and lacks the variable, one of the two was changed and the other "
        "forgotten. A script that reads a file (`. ./prod.env`) in front of its calls brings the "
        "variable; another one of the same stack that does not, `stop.sh` say, is refused.",
    .silent_on =
        "Stacks without an env file in the repository: whoever calls Compose brings the variable. "
        "Variables that a file with `env`, `vars` or `secret` in its name or any script, Makefile "
        "or workflow of the repository speaks of. Compose files that no call and no default search "
        "leads to.",
    .examples = kExamples,
    .on_workspace = on_workspace,
};

}  // namespace composelint::rules

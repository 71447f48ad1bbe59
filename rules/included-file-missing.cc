#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <string>
#include <string_view>

#include "analyzer/signs/reports/project_trouble.h"
#include "analyzer/signs/words/mentions.h"

namespace composelint::rules {
namespace {

std::string path_at(const Span& span) {
  std::string_view text = span.text();
  if (text.size() > 1 && (text.front() == '"' || text.front() == '\'')) {
    text = text.substr(1, text.size() - 2);
  }
  return std::string(text);
}

void on_workspace(const WorkspaceFacts& facts, RuleContext& context) {
  for (const Project* project : facts.projects) {
    if (!is_in_use(facts, *project)) continue;
    for (const ProjectProblem& problem : project->problems) {
      if (trouble_of(problem) != Trouble::kIncluded || !problem.span) continue;
      const std::string path = path_at(problem.span);
      context.report(problem.span,
                     quoted(path) +
                         " is not there: Compose refuses the project, whatever the "
                         "command",
                     {path});
    }
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "include: [monitoring.yaml]\n"
              "services:\n"
              "  app: {image: example/app:1.4}\n",
    .safe = "services:\n"
            "  app: {image: example/app:1.4}\n",
    .is_compose = true,
}};

}  // namespace

COMPOSELINT_RULE(included_file_missing) = {
    .slug = "included-file-missing",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError, .dev = Severity::kError, .ci = Severity::kError},
    .summary = "A compose file that is included or extended is not there",
    .rationale =
        "`include` and `extends` name files. One that is missing is enough for Compose to refuse "
        "the whole project, whatever the command: `no such file or directory`, exit code 1.",
    .silent_on =
        "Files that git ignores, and files in directories that are not there either: each machine "
        "has its own. Compose files that no call and no default search leads to. Paths with "
        "variables that nobody set, and addresses of other machines.",
    .examples = kExamples,
    .on_workspace = on_workspace,
};

}  // namespace composelint::rules

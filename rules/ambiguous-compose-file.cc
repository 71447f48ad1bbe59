#include <composelint/path_name.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

// Some call names the file itself: it is no leftover.
bool is_named(const WorkspaceFacts& facts, const std::string& path) {
  for (const TaskView& task : facts.tasks) {
    for (const Step& step : task.timeline->steps) {
      if (!step.call) continue;
      for (const OptionUse& use : step.call->global_options) {
        if (use.name == "--file" && use.value && use.value->text.ends_with(file_name(path))) {
          return true;
        }
      }
    }
  }
  return false;
}

void on_workspace(const WorkspaceFacts& facts, RuleContext& context) {
  for (const Project* project : facts.projects) {
    if (!project->default_files || project->files.empty()) continue;
    std::vector<std::string> names;
    for (const std::string& path : project->passed_over) {
      if (!is_named(facts, path)) names.emplace_back(file_name(path));
    }
    if (names.empty()) continue;
    const SourceFile* file = project->files.front();
    const auto end = static_cast<std::uint32_t>(file->line_text(1).size());
    context.report({file, 0, end},
                   "Compose reads this file and not " + listed(names) +
                       " beside it: what is changed there has no effect",
                   {std::string(file_name(file->path())), names.front()});
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose up -d --wait\n",
    .safe = "docker compose -f docker-compose.yml up -d --wait\n",
    .compose = "services:\n  app:\n    image: example/app:1.4\n",
    .beside = "docker-compose.yml\nservices:\n  app:\n    image: example/app:1.3\n",
}};

}  // namespace

COMPOSELINT_RULE(ambiguous_compose_file) = {
    .slug = "ambiguous-compose-file",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning,
                 .dev = Severity::kWarning,
                 .ci = Severity::kWarning,
                 .docs = Severity::kWarning},
    .summary = "A directory holds several compose files of default names",
    .rationale =
        "Compose looks for `compose.yaml`, `compose.yml`, `docker-compose.yml` and "
        "`docker-compose.yaml`, in this order, and takes the first; of the others it says `Found "
        "multiple config files with supported names`, a warning (measured with 2.40.3). "
        "docker-compose 1.x looks for the `docker-compose` names alone and so runs another stack.",
    .silent_on =
        "Files that some call names with `-f`. Overrides, which are merged. Links "
        "to the same file.",
    .examples = kExamples,
    .on_workspace = on_workspace,
};

}  // namespace composelint::rules

#include <composelint/mentions.h>
#include <composelint/missing_file.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/wording.h>

namespace composelint::rules {
namespace {

void on_workspace(const WorkspaceFacts& facts, RuleContext& context) {
  for (const TaskView& task : facts.tasks) {
    for (const Step& step : task.timeline->steps) {
      if (!step.call || !sees_the_repository(*task.timeline, step)) continue;
      for (const MissingFile& missing : step.call->target.missing) {
        if (missing.env_file || missing.expected || !is_path_of_repository(missing.path)) continue;
        if (speaks_of_file(facts, missing.path.text)) continue;
        Finding& finding =
            context.report(missing.path.place(),
                           quoted(missing.path.text) + " is not there and nothing here makes it: " +
                               quoted(step.call->verb.empty() ? "compose" : step.call->verb) +
                               " stops with \"no such file or directory\"",
                           {missing.path.text});
        finding.severity = context.severity_in(task.context);
        finding.context = to_string(task.context);
      }
    }
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose -f docker-compose.prod.yml up -d --wait\n",
    .safe = "docker compose -f compose.yaml up -d --wait\n",
    .compose = "services:\n  app:\n    image: example/app:1.4\n",
}};

}  // namespace

COMPOSELINT_RULE(compose_file_missing) = {
    .slug = "compose-file-missing",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError, .dev = Severity::kError, .ci = Severity::kError},
    .summary = "-f names a compose file that is not there",
    .rationale =
        "A compose file gets renamed or moved, and a script that is seldom run keeps the old name: "
        "`open …: no such file or directory`, exit code 1, whatever the command. With several "
        "`-f`, one that is missing is enough.",
    .silent_on =
        "Files that git ignores or that a template is there for. Files that any script, Makefile "
        "or workflow of the repository speaks of elsewhere: it may make them. Scripts that clone, "
        "download, unpack or generate something first. Absolute paths and directories outside of "
        "the repository; calls on another machine.",
    .examples = kExamples,
    .on_workspace = on_workspace,
};

}  // namespace composelint::rules

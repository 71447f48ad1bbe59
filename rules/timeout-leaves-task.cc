#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <cstddef>
#include <optional>
#include <string_view>

#include "analyzer/signs/steps/inner_command.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

bool changes_or_keeps(Effect effect) {
  return effect == Effect::kMigrates || effect == Effect::kImports || effect == Effect::kRestores ||
         effect == Effect::kDeletes || effect == Effect::kDumps;
}

// `timeout 600 docker compose …`: wrappers are no part of the step's words.
bool under_timeout(const Step& step) {
  const std::string_view text = step.span.text();
  const std::size_t at = text.find("timeout ");
  const Span program = step.call->program_span;
  return at != std::string_view::npos && program.file == step.span.file &&
         step.span.begin + at < program.begin &&
         (at == 0 || text[at - 1] == ' ' || text[at - 1] == '/');
}

void on_invocation(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  const std::optional<InnerCommand> inner = inner_command_of(step);
  if (!inner || inner->opaque || !changes_or_keeps(call.effect) || !under_timeout(step)) return;
  if (inner->words->front().is("timeout")) return;
  const Argument* name = call.service();
  const Project* project = call.target.project;
  const Service* service =
      name == nullptr || project == nullptr ? nullptr : project->service(name->text);
  // With an init process a one-off ends when it is told to.
  if (call.is("run") && service != nullptr && service->init) return;
  context.report(call.verb_span,
                 "when the time is up only the client ends: " +
                     (call.effect_name.empty() ? quoted(inner_program(call)) : call.effect_name) +
                     " goes on in the container",
                 key_of(call));
}

constexpr Example kExamples[] = {{
    .unsafe = "timeout 600 docker compose exec -T app python manage.py migrate\n",
    .safe = "docker compose exec -T app timeout 600 python manage.py migrate\n",
}};

}  // namespace

COMPOSELINT_RULE(timeout_leaves_task) = {
    .slug = "timeout-leaves-task",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kNote, .ci = Severity::kOff},
    .summary = "timeout ends the client, and the task in the container goes on",
    .rationale =
        "`timeout` signals the client. `exec` hands no signal on: what it started keeps running. "
        "`run` does, but process 1 of a container ignores TERM unless it handles it or the service "
        "has `init: true`; the script is told 124 while the migration goes on (measured with "
        "Compose 2.40.3). `exec app timeout 600 …` ends the task itself.",
    .silent_on = "Tasks that only look (health checks), `run` of a service with `init: true`.",
    .examples = kExamples,
    .on_invocation = on_invocation,
};

}  // namespace composelint::rules

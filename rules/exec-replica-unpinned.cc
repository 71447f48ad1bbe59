#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <string>

#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

// What one container of several does for all of them, or what only looks.
bool one_is_enough(Effect effect) {
  return effect != Effect::kUnknown && effect != Effect::kAdministers;
}

void on_invocation(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  if (!call.is("exec") || call.has("--index") || call.opaque_options) return;
  if (one_is_enough(call.effect) || step.place == Place::kContainer) return;
  const Argument* name = call.service();
  if (name == nullptr || call.target.project == nullptr) return;
  const Service* service = call.target.project->service(name->text);
  if (service == nullptr || service->replicas < 2) return;
  Finding& finding = context.report(
      call.verb_span,
      quoted(short_form(call)) + " reaches one of " + std::to_string(service->replicas) +
          " containers, the one with the lowest number that runs; the others are left as they are",
      key_of(call));
  finding.related.push_back({service->span, "the service has several replicas"});
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose exec -T app ./bin/clear-cache\n",
    .safe = "docker compose exec -T --index 1 app ./bin/clear-cache\n",
    .compose = "services:\n  app:\n    image: example/app:1.4\n    deploy:\n      replicas: 3\n",
}};

}  // namespace

COMPOSELINT_RULE(exec_replica_unpinned) = {
    .slug = "exec-replica-unpinned",
    .since = "0.1.0",
    .severity = {.ops = Severity::kNote, .dev = Severity::kNote, .ci = Severity::kNote},
    .summary = "exec into a service with several containers reaches one of them",
    .rationale =
        "With three replicas `exec` always takes the first container, and silently the next when "
        "that one is stopped (measured with Compose 2.40.3). A cache that is cleared, a file that "
        "is put in place, a process that is told to reload: two of three containers do not hear of "
        "it. `--index` says which one is meant.",
    .silent_on =
        "Migrations, dumps and imports, where one container does the work for all, and commands "
        "that only look.",
    .examples = kExamples,
    .on_invocation = on_invocation,
};

}  // namespace composelint::rules

#include <composelint/lifecycle.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/wording.h>

namespace composelint::rules {
namespace {

void on_invocation(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  if (!call.is("exec") || call.opaque_options || step.place == Place::kContainer) return;
  const Argument* name = call.service();
  if (name == nullptr || call.target.project == nullptr || context.timeline() == nullptr) return;
  const Service* service = call.target.project->service(name->text);
  // `if docker compose exec …` asks whether it runs.
  if (service == nullptr || step.status == StatusUse::kDecides ||
      step.status == StatusUse::kDiscarded) {
    return;
  }
  const LifeFact fact = life_of(*context.timeline(), step, *service, call);
  if (fact.life != Life::kStopped && fact.life != Life::kPaused) return;
  const bool paused = fact.life == Life::kPaused;
  Finding& finding =
      context.report(call.verb_span,
                     quoted(short_form(call)) + " fails: " + line_of(*fact.step, call.verb_span) +
                         (paused ? " paused " : " stopped ") + quoted(name->text) +
                         ", and nothing starts it again before",
                     key_of(call));
  finding.related.push_back({fact.step->span, paused ? "paused here" : "stopped here"});
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose stop app\ndocker compose exec -T app ./bin/migrate\n",
    .safe = "docker compose stop app\ndocker compose run --rm -T app ./bin/migrate\n",
    .compose = "services:\n  app:\n    image: example/app:1.4\n",
}};

}  // namespace

COMPOSELINT_RULE(exec_service_not_running) = {
    .slug = "exec-service-not-running",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kWarning, .ci = Severity::kWarning},
    .summary = "exec into a service that the script has stopped or paused",
    .rationale =
        "`exec` needs a running container. After `stop`, `down`, `rm` or `kill` it ends with 1 and "
        "`service \"app\" is not running`, the same text as for a name that does not exist; after "
        "`pause` with `unpause the container before exec` (measured with Compose 2.40.3). `run` "
        "makes a container of its own.",
    .silent_on =
        "Services that are started in between, or may be by something that is not understood (a "
        "script, make, systemctl, `up` of a service that depends on it). Steps that do not always "
        "run. `exec` whose failure is asked for.",
    .examples = kExamples,
    .on_invocation = on_invocation,
};

}  // namespace composelint::rules

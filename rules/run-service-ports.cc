#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include "analyzer/signs/stacks/lifecycle.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

void on_invocation(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  if (!call.is("run") || !call.has("--service-ports") || call.opaque_options) return;
  const Argument* name = call.service();
  if (name == nullptr || call.target.project == nullptr || context.timeline() == nullptr) return;
  const Service* service = call.target.project->service(name->text);
  if (service == nullptr || !service->publishes_ports) return;
  const LifeFact fact = life_of(*context.timeline(), step, *service, call);
  if (fact.life != Life::kUp) return;
  Finding& finding =
      context.report(call.option("--service-ports")->span,
                     quoted(short_form(call)) + " asks for the ports of " + quoted(name->text) +
                         ", which is up since " + line_of(*fact.step, call.verb_span) +
                         " and holds them: it fails with \"port is already allocated\"",
                     key_of(call));
  finding.related.push_back({fact.step->span, "the service is started here"});
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose up -d web\ndocker compose run --rm --service-ports web ./bin/check\n",
    .safe = "docker compose up -d web\ndocker compose run --rm web ./bin/check\n",
    .compose = "services:\n  web:\n    image: example/web:1.4\n    ports:\n      - \"8080:80\"\n",
}};

}  // namespace

COMPOSELINT_RULE(run_service_ports) = {
    .slug = "run-service-ports",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kWarning, .ci = Severity::kWarning},
    .summary = "run asks for ports that the running service holds",
    .rationale =
        "`run` publishes no ports unless it is told to. With `--service-ports` it asks for those "
        "of the service, and while that is up the engine refuses: `port is already allocated`, "
        "exit code 1 (measured with Compose 2.40.3). `-p 18081:80` gives the one-off a port of its "
        "own.",
    .silent_on =
        "Scripts that do not start the service before, or have stopped it. Services that publish "
        "nothing.",
    .examples = kExamples,
    .on_invocation = on_invocation,
};

}  // namespace composelint::rules

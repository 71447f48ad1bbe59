#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "analyzer/signs/reports/once_a_file.h"
#include "analyzer/signs/stacks/lifecycle.h"
#include "analyzer/signs/steps/entered.h"
#include "analyzer/signs/words/certain_value.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

// Whom `exec` enters, and in words.
struct Into {
  const Project* project = nullptr;
  const Service* service = nullptr;
  Span verb_span;
  std::string line;  // "exec app", "docker exec shop-app-1"
  std::vector<std::string> key;
};

std::optional<Into> entered(const Timeline& timeline, const Step& step) {
  if (step.call) {
    const ComposeInvocation& call = *step.call;
    const Argument* name = call.is("exec") && !call.opaque_options ? call.service() : nullptr;
    const Project* project = call.target.project;
    if (name == nullptr || project == nullptr || !is_certain(*name, step, timeline) ||
        !has_certain_stack(step, timeline)) {
      return std::nullopt;
    }
    return Into{project, project->service(name->text), call.verb_span, short_form(call),
                key_of(call)};
  }
  const auto [project, service] = entered_by_docker(timeline, step);
  if (service == nullptr || step.docker->opaque_options) return std::nullopt;
  const Argument& name = step.docker->operands.front();
  if (name.known() && !is_certain(name, step, timeline)) return std::nullopt;
  const std::string line = "docker exec" + (name.known() ? " " + name.text : std::string());
  return Into{project, service, step.docker->verb_span, line, {"docker exec", service->name}};
}

void on_step(const Step& step, RuleContext& context) {
  if (step.place == Place::kContainer || context.timeline() == nullptr) return;
  const auto into = entered(*context.timeline(), step);
  // `if docker compose exec …` asks whether it runs.
  if (!into || into->service == nullptr || step.status == StatusUse::kDecides ||
      step.status == StatusUse::kDiscarded) {
    return;
  }
  const LifeFact fact = life_of(*context.timeline(), step, *into->service, into->project);
  if (fact.life != Life::kStopped && fact.life != Life::kPaused) return;
  if (!has_certain_stack(*fact.step, *context.timeline())) return;
  const bool paused = fact.life == Life::kPaused;
  Finding& finding =
      context.report(into->verb_span,
                     quoted(into->line) + " fails: " + line_of(*fact.step, into->verb_span) +
                         (paused ? " paused " : " stopped ") + quoted(into->service->name) +
                         ", and nothing starts it again before",
                     into->key);
  finding.related.push_back({fact.step->span, paused ? "paused here" : "stopped here"});
}

// Whatever enters it behind the same stop.
void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  std::map<std::pair<const SourceFile*, std::uint32_t>, std::vector<Finding*>> stops;
  for (Finding* finding : findings) {
    const Span& stop = finding->related.front().span;
    stops[{stop.file, stop.begin}].push_back(finding);
  }
  for (const auto& [stop, all] : stops) tell_once_a_file(facts, all);
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
        "`exec` needs a running container. After `stop`, `down`, `rm` or `kill` it ends with 1 "
        "and `service \"app\" is not running`, the same text as for a name that does not exist; "
        "after `pause` with `unpause the container before exec` (measured with Compose 2.40.3). "
        "`run` makes a container of its own. `docker exec` of a container of the stack, by its "
        "own or by the name that Compose made up, ends as badly.",
    .silent_on =
        "Services that are started in between, or may be by something that is not understood (a "
        "script, make, systemctl, `up` of a service that depends on it). Steps that do not always "
        "run. `exec` whose failure is asked for. Names of stacks and services that are not "
        "certain. What stands behind one stop is told once a file.",
    .examples = kExamples,
    .on_step = on_step,
    .on_findings = on_findings,
};

}  // namespace composelint::rules

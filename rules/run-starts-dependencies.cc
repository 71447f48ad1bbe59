#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "analyzer/signs/stacks/lifecycle.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

// All that would be started for a service, by name.
std::set<std::string> dependencies_of(const Project& project, const Service& service) {
  std::set<std::string> found;
  std::vector<const Service*> open = {&service};
  while (!open.empty()) {
    const Service* next = open.back();
    open.pop_back();
    for (const DependsOn& on : next->depends_on) {
      const Service* other = project.service(on.service);
      if (other != nullptr && found.insert(other->name).second) open.push_back(other);
    }
  }
  return found;
}

void on_invocation(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  if (!call.is("run") || call.has("--no-deps") || call.opaque_options) return;
  const Argument* name = call.service();
  const Project* project = call.target.project;
  if (name == nullptr || project == nullptr || context.timeline() == nullptr) return;
  const Service* service = project->service(name->text);
  if (service == nullptr) return;
  for (const std::string& wanted : dependencies_of(*project, *service)) {
    const LifeFact fact = life_of(*context.timeline(), step, *project->service(wanted), call);
    const bool paused = fact.life == Life::kPaused;
    if (!paused && fact.life != Life::kStopped) continue;
    // `down` took everything: starting again is what the script wants.
    if (!paused && fact.step->call->operands.empty()) continue;
    std::string message =
        paused ? quoted(short_form(call)) + " fails: " + quoted(wanted) +
                     ", which it depends on, is paused since " + line_of(*fact.step, call.verb_span)
               : quoted(short_form(call)) + " starts " + quoted(wanted) + " again, which " +
                     line_of(*fact.step, call.verb_span) + " stopped";
    Finding& finding =
        context.report(call.verb_span, std::move(message), {"run", name->text, wanted});
    finding.related.push_back({fact.step->span, paused ? "paused here" : "stopped here"});
    if (auto fix = add_option(call, "--no-deps")) {
      fix->safety = FixSafety::kUnsafe;
      finding.fixes.push_back(std::move(*fix));
    }
    return;
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose stop worker\ndocker compose run --rm app ./bin/migrate\n",
    .safe = "docker compose stop worker\ndocker compose run --rm --no-deps app ./bin/migrate\n",
    .compose =
        "services:\n  app:\n    image: example/app:1.4\n    depends_on: [worker]\n  worker:\n "
        "   image: example/app:1.4\n",
}};

}  // namespace

COMPOSELINT_RULE(run_starts_dependencies) = {
    .slug = "run-starts-dependencies",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kNote, .ci = Severity::kOff},
    .summary = "run starts a service again that the script has stopped for the time being",
    .rationale =
        "`run` starts what the service depends on, unless it is up. A worker that was stopped so "
        "that it does not write during a migration comes back with the migration; a dependency "
        "that is paused makes `run` fail with `cannot start a paused container` (measured with "
        "Compose 2.40.3). `--no-deps` leaves both alone. That `run` starts dependencies at all is "
        "no finding: mostly it is what is wanted.",
    .silent_on =
        "Dependencies that are up or of which the script says nothing. `down` and `stop` of the "
        "whole project.",
    .examples = kExamples,
    .fix = FixKind::kOffer,
    .on_invocation = on_invocation,
};

}  // namespace composelint::rules

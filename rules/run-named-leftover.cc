#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/wording.h>

#include <algorithm>

namespace composelint::rules {
namespace {

// `docker rm NAME`, or one that may remove it, before or after.
bool removes(const Step& step, const std::string& name) {
  if (step.docker && step.docker->is("container prune")) return true;
  if (step.docker && (step.docker->is("container rm") || step.docker->is("container rename"))) {
    return std::any_of(step.docker->operands.begin(), step.docker->operands.end(),
                       [&](const Argument& word) { return !word.known() || word.text == name; });
  }
  return step.call && (step.call->is("down") || step.call->is("up")) &&
         step.call->has("--remove-orphans");
}

void on_invocation(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  if (!call.is("run") || call.has("--rm") || call.opaque_options || call.operands.empty()) return;
  const OptionUse* use = call.option("--name");
  if (use == nullptr || !use->value || !use->value->known() || step.place == Place::kContainer)
    return;
  const std::string& name = use->value->text;
  const auto& steps = context.timeline()->steps;
  const auto gone = [&](const Step& other) { return removes(other, name); };
  if (std::any_of(steps.begin(), steps.end(), gone)) return;
  Finding& finding =
      context.report(use->span,
                     "container " + quoted(name) + " stays when " + quoted(short_form(call)) +
                         " has ended, and nothing here removes it: the next run stops with a "
                         "conflict of names",
                     {"run", name});
  if (auto fix = add_option(call, "--rm")) {
    fix->safety = FixSafety::kUnsafe;
    finding.fixes.push_back(std::move(*fix));
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose run --name report app ./bin/report\n",
    .safe = "docker compose run --rm --name report app ./bin/report\n",
}};

}  // namespace

COMPOSELINT_RULE(run_named_leftover) = {
    .slug = "run-named-leftover",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kWarning, .ci = Severity::kOff},
    .summary = "A named one-off container stays, and the next run of the script conflicts with it",
    .rationale =
        "`run --name NAME` without `--rm` leaves the container there when its task has ended. The "
        "same line run again ends with 1: `Conflict. The container name … is already in use`; so "
        "does one that has `--rm` by then (measured with Compose 2.40.3). Plain `down` does not "
        "remove it. A detached container without a name conflicts with nothing and is not "
        "reported.",
    .silent_on =
        "Pipelines, whose machines are new each time. Names with a part that is not known, such as "
        "a date. Scripts that remove the container, "
        "before or after, or clear orphans away.",
    .examples = kExamples,
    .fix = FixKind::kOffer,
    .cwe = 459,
    .on_invocation = on_invocation,
};

}  // namespace composelint::rules

#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/signs/stacks/port_holder.h"
#include "analyzer/signs/stacks/published_port.h"
#include "analyzer/signs/words/wording.h"

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

// `-p 3000:3000`, `-p 127.0.0.1:3000:3000`: the port of the host; empty where it is left open.
std::string fixed_port(const Argument& word) {
  if (!word.known()) return {};
  std::string_view text = word.text;
  const std::size_t last = text.rfind(':');
  if (last == std::string_view::npos) return {};
  text = text.substr(0, last);
  text.remove_prefix(text.rfind(':') + 1);  // npos + 1 is 0
  const bool number = !text.empty() && text.find_first_not_of("0123456789") == text.npos;
  return number && text != "0" ? std::string(text) : std::string();
}

// Stops or removes containers that are not told by the name of a service.
bool frees_ports(const Step& step) {
  if (step.docker) {
    return step.docker->is("container stop") || step.docker->is("container kill") ||
           step.docker->is("container rm") || step.docker->is("container prune");
  }
  return removes(step, {});
}

// A service that is up has it: port-doubled-by-run tells, and nothing is left behind.
bool is_refused_now(const Step& step, const ComposeInvocation& call, std::string_view port,
                    const Timeline& timeline) {
  if (call.target.project == nullptr) return false;
  PublishedPort wanted;
  wanted.first = wanted.last = port_number(port);
  return holder_of_port(wanted, step, call, timeline, nullptr).has_value();
}

void look_at_port(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  if (!call.has("--detach") || step.place == Place::kContainer) return;
  const auto use = std::find_if(call.options.begin(), call.options.end(), [](const OptionUse& o) {
    return o.name == "--publish" && o.value && !fixed_port(*o.value).empty();
  });
  if (use == call.options.end()) return;
  const auto& steps = context.timeline()->steps;
  if (std::any_of(steps.begin(), steps.end(), frees_ports)) return;
  const std::string port = fixed_port(*use->value);
  if (is_refused_now(step, call, port, *context.timeline())) return;
  context.report(use->span,
                 "the container of " + quoted(short_form(call)) + " keeps port " + port +
                     " of this machine, and nothing here stops it, `down` neither: the next run "
                     "stops with `port is already allocated`",
                 {"run", "port", port});
}

void on_invocation(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  if (!call.is("run") || call.has("--rm") || call.opaque_options || call.operands.empty()) return;
  const OptionUse* use = call.option("--name");
  if (use == nullptr) return look_at_port(step, call, context);
  if (!use->value || !use->value->known() || step.place == Place::kContainer) return;
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
        "remove it. A detached container without a name conflicts with nothing, unless it "
        "publishes "
        "a port of the host under a fixed number (`run -d -p 3000:3000`): that is taken until "
        "somebody stops the container.",
    .silent_on =
        "Pipelines, whose machines are new each time. Names with a part that is not known, such as "
        "a date. Scripts that remove the container, "
        "before or after, or clear orphans away; for ports, scripts that stop containers by "
        "docker.",
    .examples = kExamples,
    .fix = FixKind::kOffer,
    .cwe = 459,
    .on_invocation = on_invocation,
};

}  // namespace composelint::rules

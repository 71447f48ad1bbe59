#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "analyzer/signs/images/compared_release.h"
#include "analyzer/signs/steps/docker_terminal.h"
#include "analyzer/signs/steps/streams.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

std::string consequence(const Step& step) {
  if (is_fed(step)) return "stops with \"the input device is not a TTY\"";
  if (is_a_compared_release(step.out)) return "";
  switch (step.out.kind) {
    case StreamKind::kFile: {
      const std::string& name = step.out.target.text;
      return "writes CRLF line ends and the error messages into " +
             (name.empty() ? std::string("the file") : quoted(name));
    }
    case StreamKind::kPipe: return "writes CRLF line ends and the error messages into the pipe";
    case StreamKind::kCaptured: return "gives a value with carriage returns and the error messages";
    case StreamKind::kInherited:
    case StreamKind::kNull:
    case StreamKind::kHere: return "";
  }
  return "";
}

std::optional<Fix> with_capital_t(const OptionUse& use) {
  const std::string_view text = use.span.text();
  if (text != "-t" && text != "-it" && text != "-ti" && text != "--tty") return std::nullopt;
  return Fix{"Write -T", FixSafety::kSafe, {{use.span, "-T"}}};
}

void on_invocation(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  if (!call.is("run") || !call.has("--tty") || call.opaque_options) return;
  if (call.has("--no-tty") || call.has("--detach")) return;
  // `run -it app sh | tee session.log` is a session that gets recorded.
  if (call.effect == Effect::kShell && step.out.kind == StreamKind::kPipe) return;
  const std::string what = consequence(step);
  if (what.empty()) return;
  const OptionUse& use = *call.option("--tty");
  Finding& finding = context.report(
      use.span,
      quoted(written_option(use)) + " forces a terminal: " + quoted(short_form(call)) + " " + what,
      key_of(call));
  const Span place = is_fed(step) ? step.in.span : step.out.span;
  if (place)
    finding.related.push_back(
        {place, is_fed(step) ? "its input comes from here" : "its output goes here"});
  if (auto fix = with_capital_t(use)) finding.fixes.push_back(std::move(*fix));
}

// `docker run -t`, which knows no -T.
void on_step(const Step& step, RuleContext& context) {
  if (!step.docker || step.place == Place::kContainer) return;
  const DockerInvocation& call = *step.docker;
  if (!call.is("container run") || !call.has("--tty") || call.opaque_options) return;
  const std::string what = harm_of_terminal(step, context.timeline());
  if (what.empty()) return;
  const OptionUse& use = *call.option("--tty");
  const std::string image = call.operands.empty() || !call.operands.front().known()
                                ? std::string()
                                : " " + call.operands.front().text;
  Finding& finding = context.report(use.span,
                                    quoted(written_option(use)) + " forces a terminal: " +
                                        quoted("docker run" + image) + " " + what,
                                    {"docker run", image});
  if (auto related = stream_of_terminal(step)) finding.related.push_back(std::move(*related));
  if (auto fix = without_terminal(use)) finding.fixes.push_back(std::move(*fix));
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose run --rm -it app ./bin/export > orders.csv\n",
    .safe = "docker compose run --rm -T app ./bin/export > orders.csv\n",
}};

}  // namespace

COMPOSELINT_RULE(run_forced_tty) = {
    .slug = "run-forced-tty",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError,
                 .dev = Severity::kError,
                 .ci = Severity::kError,
                 .docs = Severity::kWarning},
    .summary = "run -t forces a terminal although its output or input is redirected",
    .rationale =
        "Compose leaves the terminal out by itself where standard output is a file or a pipe, "
        "unless `run` is told otherwise: `run -t` and `run -it` put CRLF line ends and standard "
        "error into the file, and where standard input is no terminal (cron, a pipe, `<`) they "
        "stop with `the input device is not a TTY` and exit code 1 (measured with 2.26.1 and "
        "2.40.3). Plain `docker run -t` does the same and knows no `-T`: `-t` is left out.",
    .silent_on =
        "`exec -t` and `exec -it`, which do nothing in Compose v2. An interactive shell whose "
        "session is piped into a log. Output to /dev/null. Of plain `docker run`: output that "
        "only gets shown or "
        "searched, or that has its carriage returns taken out.",
    .examples = kExamples,
    .fix = FixKind::kSafe,
    .on_step = on_step,
    .on_invocation = on_invocation,
};

}  // namespace composelint::rules

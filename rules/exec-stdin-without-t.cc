#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <string>
#include <string_view>
#include <utility>

#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

std::string_view source_of(const Stream& in) {
  switch (in.kind) {
    case StreamKind::kFile: return "a file";
    case StreamKind::kNull: return "/dev/null";
    case StreamKind::kPipe: return "a pipe";
    case StreamKind::kHere: return "a here-document";
    case StreamKind::kInherited:
    case StreamKind::kCaptured: return "";
  }
  return "";
}

void on_invocation(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  if (!call.is("exec") || call.opaque_options || call.inner.empty()) return;
  const bool reads_nothing = call.option("--interactive") != nullptr && !call.has("--interactive");
  if (call.has("--no-tty") || call.has("--detach") || reads_nothing) return;
  const std::string_view source = source_of(step.in);
  if (source.empty()) return;
  // v2 decides by standard output: where that is a file or a pipe, no terminal is asked for.
  const bool v1 = call.program == ComposeProgram::kStandalone;
  if (!v1 && step.out.kind != StreamKind::kInherited) return;
  Finding& finding =
      context.report(call.verb_span,
                     quoted(short_form(call)) + " reads from " + std::string(source) +
                         (v1 ? ": docker-compose 1.x stops with \"the input device is not a TTY\""
                             : ": run from a terminal it stops with \"the input device is not a "
                               "TTY\", from cron it "
                               "works"),
                     key_of(call));
  if (step.in.span) finding.related.push_back({step.in.span, "its standard input comes from here"});
  // In a loop over standard input -T would make it eat the rest of the list without a word.
  if (step.in_stdin_loop) return;
  if (auto fix = add_option(call, "-T")) finding.fixes.push_back(std::move(*fix));
}

constexpr Example kExamples[] = {
    {
        .unsafe = "docker compose exec db psql -U app appdb < seed.sql",
        .safe = "docker compose exec -T db psql -U app appdb < seed.sql",
    },
    {
        .unsafe = "gunzip -c seed.sql.gz | docker compose exec db psql -U app appdb",
        .safe = "gunzip -c seed.sql.gz | docker compose exec -T db psql -U app appdb",
    },
};

}  // namespace

COMPOSELINT_RULE(exec_stdin_without_t) = {
    .slug = "exec-stdin-without-t",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError, .dev = Severity::kError, .ci = Severity::kWarning},
    .summary = "Standard input of exec is fed by the script, and no -T says that it is no terminal",
    .rationale =
        "`docker compose exec` asks for a terminal whenever its standard output is one. When its "
        "standard input is a pipe, a file or a here-document at the same time, it gives up: `the "
        "input device is not a TTY`, exit code 1. The same line works from cron and from CI, where "
        "standard output is no terminal, so the script fails the day an operator runs it by hand "
        "(measured with 2.26.1 and 2.40.3; docker-compose 1.29 fails in either case).",
    .silent_on =
        "`run`, which looks at both streams. `exec` whose output is redirected, piped or captured, "
        "with Compose v2. `exec -d` and `-i=false`, which read nothing.",
    .examples = kExamples,
    .fix = FixKind::kSafe,
    .on_invocation = on_invocation,
};

}  // namespace composelint::rules

#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <string>
#include <string_view>

#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

void on_invocation(const Step&, const ComposeInvocation& call, RuleContext& context) {
  if (!call.is("run") || !call.has("--use-aliases")) return;
  const Argument* name = call.service();
  const OptionUse& use = *call.option("--use-aliases");
  Finding& finding =
      context.report(use.span,
                     "while it runs, the one-off answers to the name " +
                         (name == nullptr ? std::string("of the service") : quoted(name->text)) +
                         " beside the live container, and gets a share of its requests",
                     key_of(call));
  const std::string_view bytes = use.span.file->bytes();
  if (use.span.end >= bytes.size() || bytes[use.span.end] != ' ') return;
  const Span with_blank{use.span.file, use.span.begin, use.span.end + 1};
  finding.fixes.push_back({"Leave --use-aliases out", FixSafety::kUnsafe, {{with_blank, ""}}});
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose run --rm --use-aliases app ./bin/report\n",
    .safe = "docker compose run --rm app ./bin/report\n",
}};

}  // namespace

COMPOSELINT_RULE(run_use_aliases) = {
    .slug = "run-use-aliases",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kNote, .ci = Severity::kOff},
    .summary = "A one-off container takes the service's name in the network",
    .rationale =
        "With `--use-aliases` the name of the service and its aliases have two addresses while the "
        "one-off runs (measured with Compose 2.40.3): other services reach a migration or a report "
        "where they mean the live one, now and then. It is for a one-off that is to stand in for "
        "the service.",
    .silent_on = "Continuous integration, where nothing else is there that could ask.",
    .examples = kExamples,
    .fix = FixKind::kOffer,
    .on_invocation = on_invocation,
};

}  // namespace composelint::rules

#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

namespace composelint::rules {
namespace {

void on_allowance(const AllowComment& comment, RuleContext& context) {
  if (!comment.known || !comment.reason.empty()) return;
  context.report(comment.place,
                 quoted("allow " + comment.rule) +
                     " gives no reason: nobody can tell when it may go; it is written after "
                     "\" -- \"",
                 {comment.rule});
}

constexpr Example kExamples[] = {{
    .unsafe = "# composelint: allow run-without-rm\n"
              "docker compose run app ./import\n",
    .safe = "# composelint: allow run-without-rm -- kept for its logs\n"
            "docker compose run app ./import\n",
}};

}  // namespace

COMPOSELINT_RULE(suppression_without_reason) = {
    .slug = "suppression-without-reason",
    .since = "0.1.0",
    .severity = {.docs = Severity::kWarning},
    .preset = Preset::kStrict,
    .summary = "A comment allows something and does not say why",
    .rationale =
        "The reason stays in every report. Without one, whoever meets the comment later can "
        "neither "
        "defend it nor take it out.",
    .silent_on = "Any text behind ` -- `.",
    .examples = kExamples,
    .on_allowance = on_allowance,
};

}  // namespace composelint::rules

#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

namespace composelint::rules {
namespace {

void on_allowance(const AllowComment& comment, RuleContext& context) {
  if (!comment.known || !comment.expired) return;
  Finding& finding = context.report(
      comment.place,
      quoted("allow " + comment.rule) + " ended on " + comment.until + " and allows nothing more",
      {comment.rule, comment.until});
  if (!comment.removal) return;
  finding.fixes.push_back({"Take it out", FixSafety::kSafe, {{comment.removal, ""}}});
}

constexpr Example kExamples[] = {{
    .unsafe = "# composelint: allow run-without-rm until 2020-06-30 -- kept for its logs\n"
              "docker compose run --rm app ./import\n",
    .safe = "docker compose run --rm app ./import\n",
}};

}  // namespace

COMPOSELINT_RULE(expired_suppression) = {
    .slug = "expired-suppression",
    .since = "0.1.0",
    .severity = {.docs = Severity::kWarning},
    .summary = "What a comment allows was allowed for a time that is over",
    .rationale =
        "`allow RULE until DATE` is a promise to look again; on the day after, what it covers is "
        "reported "
        "as before. The comment stays behind and reads as if it still held.",
    .silent_on = "Comments without a date, and those whose last day has not passed.",
    .examples = kExamples,
    .fix = FixKind::kSafe,
    .on_allowance = on_allowance,
};

}  // namespace composelint::rules

#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

namespace composelint::rules {
namespace {

void on_allowance(const AllowComment& comment, RuleContext& context) {
  if (!comment.known || comment.expired || comment.used || !comment.judged) return;
  Finding& finding = context.report(comment.place,
                                    "nothing here needs " + quoted("allow " + comment.rule) +
                                        ": the next slip of that kind goes unreported",
                                    {comment.rule});
  if (!comment.removal) return;
  finding.fixes.push_back({"Take it out", FixSafety::kSafe, {{comment.removal, ""}}});
}

constexpr Example kExamples[] = {{
    .unsafe = "# composelint: allow run-without-rm -- kept for its logs\n"
              "docker compose run --rm app ./import\n",
    .safe = "docker compose run --rm app ./import\n",
}};

}  // namespace

COMPOSELINT_RULE(unused_suppression) = {
    .slug = "unused-suppression",
    .since = "0.1.0",
    .severity = {.docs = Severity::kWarning},
    .summary = "A comment allows what is not there",
    .rationale =
        "A comment that allows nothing today allows tomorrow what nobody has looked at. It also "
        "says of "
        "the command below that something is wrong with it, which is not so.",
    .silent_on =
        "Rules that were not run, or are off where the comment stands. Files that could not be "
        "read in "
        "full, or whose functions only others call.",
    .examples = kExamples,
    .fix = FixKind::kSafe,
    .on_allowance = on_allowance,
};

}  // namespace composelint::rules

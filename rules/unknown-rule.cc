#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <string>
#include <utility>

namespace composelint::rules {
namespace {

void on_allowance(const AllowComment& comment, RuleContext& context) {
  if (comment.known) return;
  std::string message = quoted(comment.rule) + " is no rule: the comment allows nothing";
  if (comment.rule.find_first_of(" \t:") != std::string::npos) {
    message += "; a reason is written after \" -- \"";
  } else if (!comment.meant.empty()) {
    message += "; did you mean " + quoted(comment.meant) + "?";
  }
  context.report(comment.place, std::move(message), {comment.rule});
}

constexpr Example kExamples[] = {{
    .unsafe = "# composelint: allow run-without-mr -- kept for its logs\n"
              "docker compose run app ./import\n",
    .safe = "# composelint: allow run-without-rm -- kept for its logs\n"
            "docker compose run app ./import\n",
}};

}  // namespace

COMPOSELINT_RULE(unknown_rule) = {
    .slug = "unknown-rule",
    .since = "0.1.0",
    .severity = {.docs = Severity::kWarning},
    .summary = "A comment allows a rule that there is not",
    .rationale =
        "A name with a slip in it, or of a rule that is gone, allows nothing: what it was written "
        "for is "
        "reported, or will be.",
    .silent_on = "Rules that are known and not run.",
    .examples = kExamples,
    .on_allowance = on_allowance,
};

}  // namespace composelint::rules

#include <composelint/path_name.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "analyzer/signs/stacks/lifecycle.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

// Makes containers, or makes them anew.
bool makes(const ComposeInvocation& call) {
  static constexpr std::array<std::string_view, 4> kVerbs = {"build", "create", "run", "up"};
  return std::find(kVerbs.begin(), kVerbs.end(), call.verb) != kVerbs.end();
}

void on_invocation(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  const Project* named = call.target.project;
  const OptionUse* option = call.global_option("--file");
  if (named == nullptr || option == nullptr || context.timeline() == nullptr || !makes(call))
    return;
  if (named->default_files || named->files.size() != 1) return;
  for (const Step& other : context.timeline()->steps) {
    if (!other.call || !makes(*other.call) || !same_place(other, step)) continue;
    const Project* found = other.call->target.project;
    if (found == nullptr || !found->default_files || found->files.size() < 2) continue;
    if (found->files[0] != named->files[0] || !same_stack(*other.call, call)) continue;
    const std::string override_name(file_name(found->files[1]->path()));
    Finding& finding = context.report(
        option->value ? option->value->place() : option->span,
        "with `-f` " + quoted(override_name) + " is not merged: " + quoted(short_form(call)) +
            " sees another stack than " + quoted(short_form(*other.call)) + " on " +
            line_of(other, option->span),
        {call.verb, override_name});
    finding.related.push_back({other.call->span, "merges it"});
    return;
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose up -d --wait\ndocker compose -f compose.yaml up -d --wait app\n",
    .safe = "docker compose up -d --wait\ndocker compose up -d --wait app\n",
    .compose = "services:\n  app:\n    image: example/app:1.4\n",
    .beside = "compose.override.yaml\nservices:\n  app:\n    environment:\n      DEBUG: 1\n",
}};

}  // namespace

COMPOSELINT_RULE(override_dropped) = {
    .slug = "override-dropped",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kNote, .ci = Severity::kNote},
    .summary = "A script uses a stack with its override file and without it",
    .rationale =
        "`compose.override.yaml` is merged only where Compose looks for its files by itself. `-f "
        "compose.yaml` names the same base and leaves the override out (measured with 2.40.3), so "
        "`up` in the next line finds another configuration and recreates the containers.",
    .silent_on =
        "Calls with several `-f`, which say what they want. Scripts that stay with one of the two "
        "ways. Calls that make no containers.",
    .examples = kExamples,
    .on_invocation = on_invocation,
};

}  // namespace composelint::rules

#include <composelint/lower_case.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/images/image_name.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

// `if [ "$command" = uninstall ]`: who asks for the end of the stack goes back to no release.
bool is_end_by_choice(const Timeline& timeline, const Step& step) {
  static constexpr std::array<std::string_view, 6> kEnds = {"destroy",  "nuke",      "purge",
                                                            "teardown", "uninstall", "wipe"};
  return std::any_of(step.conditions.begin(), step.conditions.end(), [&](const Condition& way) {
    const Branch& branch = timeline.branches[way.branch];
    Span test;
    if (branch.kind == BranchKind::kCase && way.arm < branch.patterns.size()) {
      test = branch.patterns[way.arm];
    } else if ((branch.kind == BranchKind::kIf || branch.kind == BranchKind::kAnd) &&
               way.arm == 0) {
      test = branch.condition;
    }
    const std::string text = test.file != nullptr ? lower_case(test.text()) : std::string();
    return text.find("!") == std::string::npos &&
           std::any_of(kEnds.begin(), kEnds.end(),
                       [&](std::string_view word) { return text.find(word) != std::string::npos; });
  });
}

void on_invocation(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  if (!call.is("down") || context.timeline() == nullptr) return;
  const OptionUse* option = call.option("--rmi");
  if (option == nullptr || !option->value || !option->value->is("all")) return;
  // Where the volumes go as well nothing is meant to come back.
  if (call.has("--volumes") || asked_before(*context.timeline(), step)) return;
  if (is_end_by_choice(*context.timeline(), step)) return;
  std::vector<std::string> images;
  std::vector<Related> related;
  if (const Project* project = call.target.project) {
    for (const Service& service : project->services) {
      if (!service.image || !service.active || !service.image->known) continue;
      const std::string& image = service.image->value;
      // `mysql:8` is nobody's release of this stack: it is pulled again, and the same.
      if (image_name(image).name.find('/') == std::string::npos) continue;
      if (std::find(images.begin(), images.end(), image) != images.end()) continue;
      images.push_back(image);
      related.push_back({service.image->from.span, "used by " + quoted(service.name)});
    }
    if (images.empty()) return;  // what is built here is built again, what is public is pulled
  }
  const std::string what =
      images.empty() ? std::string("every image of the project") : listed(images);
  Finding& finding =
      context.report(option->span,
                     "deletes " + what +
                         ": until they are pulled or built again nothing starts, and the release "
                         "to go back to is gone from this machine",
                     {"down", "--rmi"});
  finding.related = std::move(related);
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose down --rmi all\ndocker compose pull\ndocker compose up -d\n",
    .safe = "docker compose pull\ndocker compose up -d\n",
    .compose = "services:\n  app:\n    image: example/app:1.4\n",
}};

}  // namespace

COMPOSELINT_RULE(rollback_image_removed) = {
    .slug = "rollback-image-removed",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kOff, .ci = Severity::kOff},
    .summary = "down --rmi all deletes the images that are in use",
    .rationale =
        "`--rmi all` removes every image of the project, those with a tag as well (measured with "
        "Compose 2.40.3); `--rmi local` keeps them. When the registry does not answer, or the new "
        "release turns out bad, there is nothing on the machine to start. A developer's machine "
        "pulls them again, so this is about operations only.",
    .silent_on =
        "`--rmi local`. Calls that delete the volumes too: that is the end of the stack, as is a "
        "command of the script called `uninstall` or `nuke`. "
        "Projects "
        "that build all their images, or take official ones (`mysql:8`) for the rest. Scripts that "
        "ask first, developers' scripts, CI.",
    .examples = kExamples,
    .on_invocation = on_invocation,
};

}  // namespace composelint::rules

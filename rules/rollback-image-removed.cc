#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/sequence.h>
#include <composelint/wording.h>

#include <algorithm>

namespace composelint::rules {
namespace {

void on_invocation(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  if (!call.is("down") || context.timeline() == nullptr) return;
  const OptionUse* option = call.option("--rmi");
  if (option == nullptr || !option->value || !option->value->is("all")) return;
  // Where the volumes go as well nothing is meant to come back.
  if (call.has("--volumes") || asked_before(*context.timeline(), step)) return;
  std::vector<std::string> images;
  std::vector<Related> related;
  if (const Project* project = call.target.project) {
    for (const Service& service : project->services) {
      if (!service.image || !service.active || !service.image->known) continue;
      const std::string& image = service.image->value;
      if (std::find(images.begin(), images.end(), image) != images.end()) continue;
      images.push_back(image);
      related.push_back({service.image->from.span, "used by " + quoted(service.name)});
    }
    if (images.empty()) return;  // what is built here is built again
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
        "`--rmi local`. Calls that delete the volumes too: that is the end of the stack. Projects "
        "that build all their images. Scripts that ask first, developers' scripts, CI.",
    .examples = kExamples,
    .on_invocation = on_invocation,
};

}  // namespace composelint::rules

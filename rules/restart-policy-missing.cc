#include <composelint/rule.h>

#include <array>
#include <string_view>

#include "analyzer/signs/reports/lacking_services.h"
#include "analyzer/signs/reports/missing_attribute.h"
#include "analyzer/signs/stacks/one_shot.h"

namespace composelint::rules {
namespace {

Lack look_at(const Service& service, const Project& project) {
  if (!service.profiles.empty() || service.replicas == 0) return Lack::kNotAsked;
  if (may_be_one_shot(service, project)) return Lack::kNotAsked;
  const bool has = service.attribute("restart") != nullptr ||
                   service.attribute("deploy.restart_policy") != nullptr;
  return has ? Lack::kHas : Lack::kLacks;
}

void on_project(const Project& project, RuleContext& context) {
  report_missing(project, context, look_at, "restart policy",
                 "stays down after a crash, and after a restart of the engine or the host");
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  app:\n"
              "    image: example/app:1.4\n",
    .safe = "services:\n"
            "  app:\n"
            "    image: example/app:1.4\n"
            "    restart: unless-stopped\n",
    .is_compose = true,
}};

constexpr std::array<std::string_view, 2> kTags = {"CIS-Docker-5.15", "OWASP-Docker-7"};

}  // namespace

COMPOSELINT_RULE(restart_policy_missing) = {
    .slug = "restart-policy-missing",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning,
                 .dev = Severity::kOff,
                 .ci = Severity::kOff,
                 .docs = Severity::kNote},
    .preset = Preset::kStrict,
    .summary = "A service has no restart policy",
    .rationale =
        "The engine starts a container again after a crash, after an update of itself and after a "
        "reboot only where a policy says so. The default is `no`: the stack is half up until "
        "somebody runs `up` again. `on-failure:5` gives up after five tries, as the CIS benchmark "
        "asks; `unless-stopped` does not.",
    .silent_on =
        "`restart: \"no\"`, which says that it is meant. Services of a profile, and those that end "
        "by themselves, by their command, their name or because others wait for their end. "
        "Developers' files and those of tests.",
    .examples = kExamples,
    .tags = kTags,
    .on_project = on_project,
};

}  // namespace composelint::rules

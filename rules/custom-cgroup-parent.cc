#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/value.h>

#include <array>
#include <string>
#include <string_view>

#include "analyzer/signs/reports/attributes.h"

namespace composelint::rules {
namespace {

void on_service(const Service& service, const Project& project, RuleContext& context) {
  const Value* parent = service.attribute("cgroup_parent");
  const std::string text = text_at(service, "cgroup_parent");
  if (parent == nullptr || text.empty() || is_template(service, project)) return;
  context.report(place_of(*parent, service),
                 quoted(service.name) + " is put into the control group " + quoted(text) +
                     ": its limits are what that group has left, not what the engine set for "
                     "containers",
                 {service.name});
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  app:\n"
              "    image: example/app:1.4\n"
              "    cgroup_parent: system.slice\n",
    .safe = "services:\n"
            "  app:\n"
            "    image: example/app:1.4\n"
            "    mem_limit: 512m\n",
    .is_compose = true,
}};

constexpr std::array<std::string_view, 1> kTags = {"CIS-Docker-5.25"};

}  // namespace

COMPOSELINT_RULE(custom_cgroup_parent) = {
    .slug = "custom-cgroup-parent",
    .since = "0.1.0",
    .severity = {.ops = Severity::kNote, .dev = Severity::kNote, .ci = Severity::kOff},
    .preset = Preset::kStrict,
    .summary = "A service runs in a control group of its own choice",
    .rationale =
        "The engine puts containers below one control group, whose limits keep them from "
        "starving the host. `cgroup_parent` puts one elsewhere, next to system services if it "
        "says so. `mem_limit`, `cpus` and `pids_limit` bound a service where it is.",
    .silent_on = "Services that are only there for others to be made from. Files for tests.",
    .examples = kExamples,
    .tags = kTags,
    .on_service = on_service,
};

}  // namespace composelint::rules

#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/value.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "analyzer/signs/reports/attributes.h"

namespace composelint::rules {
namespace {

// What an option switches off; empty for nothing.
std::string_view switched_off(const Value& option) {
  std::string text = option.text;
  std::replace(text.begin(), text.end(), '=', ':');
  if (text == "seccomp:unconfined") return "the filter of system calls (seccomp)";
  if (text == "apparmor:unconfined") return "AppArmor";
  if (text == "label:disable") return "SELinux";
  if (text == "systempaths:unconfined") return "the cover over kernel settings in /proc and /sys";
  return {};
}

void on_service(const Service& service, const Project& project, RuleContext& context) {
  const Value* options = service.attribute("security_opt");
  if (options == nullptr || is_template(service, project)) return;
  const Value* first = nullptr;
  std::string what;
  for (const Value& option : options->items) {
    const std::string_view off = option.known ? switched_off(option) : std::string_view();
    if (off.empty()) continue;
    if (first == nullptr) first = &option;
    what += (what.empty() ? "" : " and ") + std::string(off);
  }
  if (first == nullptr) return;
  context.report(place_of(*first, service),
                 quoted(service.name) + " runs without " + what +
                     ": what the kernel would refuse any other container, it may do",
                 {service.name});
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  app:\n"
              "    image: example/app:1.4\n"
              "    security_opt:\n"
              "      - seccomp:unconfined\n",
    .safe = "services:\n"
            "  app:\n"
            "    image: example/app:1.4\n"
            "    security_opt:\n"
            "      - seccomp:./seccomp.json\n",
    .is_compose = true,
}};

constexpr std::array<std::string_view, 3> kTags = {"CIS-Docker-5.2", "CIS-Docker-5.22",
                                                   "OWASP-Docker-6"};

}  // namespace

COMPOSELINT_RULE(security_profile_disabled) = {
    .slug = "security-profile-disabled",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kNote, .ci = Severity::kOff},
    .preset = Preset::kStrict,
    .summary = "A security profile is switched off",
    .rationale =
        "Docker gives each container a filter that refuses some forty system calls no service "
        "needs, and a profile of AppArmor or a label of SELinux. Most ways out of a container "
        "that were found over the years stop there. A profile of its own "
        "(`seccomp:./profile.json`) allows one more call and keeps the rest.",
    .silent_on =
        "Profiles of the project. Privileged services that do not say so themselves. Services "
        "that are only there for others to be made from. Files for tests.",
    .examples = kExamples,
    .cwe = 693,
    .tags = kTags,
    .on_service = on_service,
};

}  // namespace composelint::rules

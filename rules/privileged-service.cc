#include <composelint/attributes.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/wording.h>

#include <array>

namespace composelint::rules {
namespace {

void on_service(const Service& service, const Project& project, RuleContext& context) {
  const Value* privileged = service.attribute("privileged");
  if (!is_true(privileged) || is_template(service, project)) return;
  context.report(place_of(*privileged, service),
                 quoted(service.name) +
                     " runs with every capability, all devices of the host and no seccomp or "
                     "AppArmor profile: whoever breaks into it owns the host",
                 {service.name});
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n  app:\n    image: example/app:1.4\n    privileged: true\n",
    .safe = "services:\n  app:\n    image: example/app:1.4\n    cap_add: [NET_ADMIN]\n",
    .is_compose = true,
}};

constexpr std::array<std::string_view, 2> kTags = {"CIS-Docker-5.5", "OWASP-Docker-3"};

}  // namespace

COMPOSELINT_RULE(privileged_service) = {
    .slug = "privileged-service",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning,
                 .dev = Severity::kNote,
                 .ci = Severity::kNote,
                 .docs = Severity::kNote},
    .summary = "A service runs privileged",
    .rationale =
        "`privileged: true` gives a container all capabilities, all devices of the host and a "
        "writable `/sys`, and switches its seccomp and AppArmor profiles off. One `mount` of the "
        "host's disk is all it takes to leave it. Most images that ask for it need one capability "
        "(`cap_add`) or one device (`devices`).",
    .silent_on =
        "What a later file takes back (`privileged: false`, `!reset`). Services that are only "
        "there for others to be made from.",
    .examples = kExamples,
    .cwe = 250,
    .tags = kTags,
    .on_service = on_service,
};

}  // namespace composelint::rules

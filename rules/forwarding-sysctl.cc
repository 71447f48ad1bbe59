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

// `net.ipv4.ip_forward`, `net.ipv6.conf.all.forwarding`, `net.ipv4.conf.eth0.accept_redirects`.
bool routes_or_redirects(std::string_view name) {
  static constexpr std::array<std::string_view, 6> kLast = {
      "accept_redirects", "accept_source_route", "forwarding",
      "ip_forward",       "mc_forwarding",       "send_redirects"};
  if (!name.starts_with("net.ipv4.") && !name.starts_with("net.ipv6.")) return false;
  const std::string_view last = name.substr(name.rfind('.') + 1);
  return std::find(kLast.begin(), kLast.end(), last) != kLast.end();
}

void on_service(const Service& service, const Project& project, RuleContext& context) {
  const Value* parameters = service.attribute("sysctls");
  if (parameters == nullptr || is_template(service, project)) return;
  for (const Member& member : parameters->members) {
    if (!member.value.known || !routes_or_redirects(member.key)) continue;
    const std::string value = plain_text(member.value);
    if (value.empty() || value == "0") continue;
    context.report(member.span ? member.span : place_of(member.value, service),
                   quoted(member.key) + " lets " + quoted(service.name) +
                       " route or redirect packets between the networks it is on",
                   {service.name, member.key});
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n  app:\n    image: example/app:1.4\n    sysctls:\n"
              "      net.ipv4.ip_forward: 1\n",
    .safe = "services:\n  app:\n    image: example/app:1.4\n    sysctls:\n"
            "      net.core.somaxconn: 1024\n",
    .is_compose = true,
}};

constexpr std::array<std::string_view, 1> kTags = {"CIS-Linux-3.3"};

}  // namespace

COMPOSELINT_RULE(forwarding_sysctl) = {
    .slug = "forwarding-sysctl",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning,
                 .dev = Severity::kNote,
                 .ci = Severity::kNote,
                 .docs = Severity::kNote},
    .preset = Preset::kStrict,
    .summary = "A service may route or redirect packets",
    .rationale =
        "`ip_forward` and its kin are off in a new network namespace. A container that has them on "
        "passes packets on between the networks it is attached to, and one that accepts redirects "
        "or source routes lets others choose the way of its own. VPN gateways and routers need it; "
        "other services do not.",
    .silent_on = "Parameters that are set to 0, and all others of `net.` and `kernel.`.",
    .examples = kExamples,
    .cwe = 923,
    .tags = kTags,
    .on_service = on_service,
};

}  // namespace composelint::rules

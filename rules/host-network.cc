#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/value.h>

#include <array>
#include <string_view>

#include "analyzer/signs/reports/attributes.h"

namespace composelint::rules {
namespace {

void on_service(const Service& service, const Project& project, RuleContext& context) {
  const Value* mode = service.attribute("network_mode");
  if (mode == nullptr || is_template(service, project)) return;
  if (text_at(service, "network_mode") != "host") return;
  context.report(place_of(*mode, service),
                 quoted(service.name) +
                     " is in the network of the host: it reaches what listens on 127.0.0.1 there, "
                     "and every port it opens is open on the host",
                 {service.name});
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  app:\n"
              "    image: example/app:1.4\n"
              "    network_mode: host\n",
    .safe = "services:\n"
            "  app:\n"
            "    image: example/app:1.4\n"
            "    ports:\n"
            "      - \"127.0.0.1:8080:80\"\n",
    .is_compose = true,
}};

constexpr std::array<std::string_view, 2> kTags = {"CIS-Docker-5.10", "OWASP-Docker-5"};

}  // namespace

COMPOSELINT_RULE(host_network) = {
    .slug = "host-network",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kNote, .ci = Severity::kOff},
    .preset = Preset::kStrict,
    .summary = "A service shares the network of the host",
    .rationale =
        "With `network_mode: host` there is no network of its own: the service reaches what the "
        "host keeps for itself on 127.0.0.1 (databases, admin pages, metadata of the cloud), may "
        "listen to abstract sockets of other programs, and opens its ports on every address "
        "whatever `ports` says. What needs broadcasts (mDNS, DHCP) has no other way; most "
        "services do.",
    .silent_on =
        "`network_mode: service:…` and `none`. Services that are only there for others to be "
        "made from. Files for tests.",
    .examples = kExamples,
    .cwe = 653,
    .tags = kTags,
    .on_service = on_service,
};

}  // namespace composelint::rules

#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <array>
#include <string>
#include <string_view>

#include "analyzer/signs/reports/attributes.h"
#include "analyzer/signs/stacks/published_port.h"

namespace composelint::rules {
namespace {

void on_service(const Service& service, const Project& project, RuleContext& context) {
  if (is_template(service, project)) return;
  for (const PublishedPort& port : published_ports(service)) {
    const bool web = port.first == 80 || port.first == 443;
    if (!port.known || port.first == 0 || port.first > 1023 || web || port.on_loopback()) continue;
    context.report(port.span,
                   quoted(service.name) + " takes port " + std::to_string(port.first) +
                       " of the host: those below 1024 are root's, and clients take what "
                       "answers there for the host's own",
                   {service.name, std::to_string(port.first)});
    return;
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  app:\n"
              "    image: example/app:1.4\n"
              "    ports:\n"
              "      - \"22:2222\"\n",
    .safe = "services:\n"
            "  app:\n"
            "    image: example/app:1.4\n"
            "    ports:\n"
            "      - \"2222:2222\"\n",
    .is_compose = true,
}};

constexpr std::array<std::string_view, 1> kTags = {"CIS-Docker-5.8"};

}  // namespace

COMPOSELINT_RULE(privileged_port) = {
    .slug = "privileged-port",
    .since = "0.1.0",
    .severity = {.ops = Severity::kNote, .dev = Severity::kNote, .ci = Severity::kOff},
    .preset = Preset::kStrict,
    .summary = "A service takes one of the system's ports of the host",
    .rationale =
        "Ports below 1024 are for root's services: clients take what answers there for the "
        "host's own (SSH, mail, DNS), and the port is missing to the host. Docker opens it for "
        "any container.",
    .silent_on =
        "80 and 443, which web servers are for. Ports on 127.0.0.1. Ports that hang on a "
        "variable nobody set. Services that are only there for others to be made from. Files for "
        "tests.",
    .examples = kExamples,
    .tags = kTags,
    .on_service = on_service,
};

}  // namespace composelint::rules

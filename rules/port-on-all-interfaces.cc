#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/data/database_port.h"
#include "analyzer/signs/reports/attributes.h"
#include "analyzer/signs/stacks/loopback.h"
#include "analyzer/signs/stacks/published_port.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

void on_service(const Service& service, const Project& project, RuleContext& context) {
  if (is_template(service, project) || text_at(service, "network_mode") == "host") return;
  const auto open = [&](const PublishedPort& port) {
    return port.known && port.on_all_addresses() && !is_open_database(port, service);
  };
  const std::vector<PublishedPort> ports = published_ports(service);
  const auto found = std::find_if(ports.begin(), ports.end(), open);
  if (found == ports.end()) return;
  std::vector<std::string> numbers;
  for (const PublishedPort& port : ports) {
    if (!open(port)) continue;
    std::string number = port.first == 0 ? "any" : std::to_string(port.first);
    if (port.last != port.first) number += "-" + std::to_string(port.last);
    if (std::find(numbers.begin(), numbers.end(), number) == numbers.end()) {
      numbers.push_back(std::move(number));
    }
  }
  Finding& finding =
      context.report(found->span,
                     quoted(service.name) + " answers on " + listed(numbers) +
                         " of every address of the host, past the rules of ufw and firewalld",
                     {service.name});
  if (auto fix = bind_to_loopback(service, open)) finding.fixes.push_back(std::move(*fix));
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  app:\n"
              "    image: example/app:1.4\n"
              "    ports:\n"
              "      - \"8080:80\"\n",
    .safe = "services:\n"
            "  app:\n"
            "    image: example/app:1.4\n"
            "    ports:\n"
            "      - \"127.0.0.1:8080:80\"\n",
    .is_compose = true,
}};

constexpr std::array<std::string_view, 2> kTags = {"CIS-Docker-5.14", "OWASP-Docker-5a"};

}  // namespace

COMPOSELINT_RULE(port_on_all_interfaces) = {
    .slug = "port-on-all-interfaces",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kNote, .ci = Severity::kOff},
    .preset = Preset::kStrict,
    .summary = "A published port is bound to no address",
    .rationale =
        "A published port without an address listens on all of them, IPv6 too, and Docker writes "
        "its own rules in front of those of ufw and firewalld. Behind a reverse proxy on the "
        "same host `127.0.0.1` is enough; in front of it the address that the service is for can "
        "be named. `0.0.0.0` and `[::]` are every address, too. Reported once a service.",
    .silent_on =
        "Databases: "
        "[database-published-on-all-interfaces](database-published-on-all-interfaces.md) is on "
        "for every project. Ports bound to an address, by the default of a variable, `.env` or a "
        "later file as well. Ports that hang on a variable nobody set. Services that are only "
        "there for others to be made from. Files for tests.",
    .examples = kExamples,
    .fix = FixKind::kOffer,
    .cwe = 1327,
    .tags = kTags,
    .on_service = on_service,
};

}  // namespace composelint::rules

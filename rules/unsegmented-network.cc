#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/value.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/data/database_port.h"
#include "analyzer/signs/data/databases.h"
#include "analyzer/signs/reports/attributes.h"
#include "analyzer/signs/stacks/published_port.h"

namespace composelint::rules {
namespace {

bool is_in_default_network_alone(const Service& service) {
  if (!text_at(service, "network_mode").empty()) return false;
  const Value* networks = service.attribute("networks");
  if (networks == nullptr) return true;
  return networks->members.size() == 1 && networks->members.front().key == "default";
}

bool is_published(const Service& service) {
  const std::vector<PublishedPort> ports = published_ports(service);
  return std::any_of(ports.begin(), ports.end(),
                     [](const PublishedPort& port) { return port.on_all_addresses(); });
}

void on_project(const Project& project, RuleContext& context) {
  std::vector<const Service*> services;
  for (const Service& service : project.services) {
    if (is_template(service, project) || service.model == nullptr || !service.active) continue;
    if (!is_in_default_network_alone(service)) return;
    services.push_back(&service);
  }
  if (services.size() < 3 || project.partial) return;
  for (const Service* open : services) {
    if (!is_published(*open) || is_database_image(*open)) continue;
    for (const Service* data : services) {
      if (!is_database_image(*data) || needs(*open, *data)) continue;
      // What it needs may be named elsewhere: only where another service does the talking.
      const auto between = std::find_if(services.begin(), services.end(), [&](const Service* each) {
        return each != open && each != data && needs(*each, *data);
      });
      if (between == services.end() || !needs(*open, **between)) continue;
      Finding& finding = context.report(
          open->span,
          quoted(open->name) + ", which answers to the outside, reaches " + quoted(data->name) +
              " directly: all " + std::to_string(services.size()) + " services are in one network",
          {open->name, data->name});
      finding.related.push_back({(*between)->span, "only this one needs it"});
      return;
    }
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  web:\n"
              "    image: example/web:1.4\n"
              "    depends_on: [app]\n"
              "    ports: [\"443:443\"]\n"
              "  app:\n"
              "    image: example/app:1.4\n"
              "    depends_on: [db]\n"
              "  db:\n"
              "    image: postgres:16.4\n",
    .safe = "services:\n"
            "  web:\n"
            "    image: example/web:1.4\n"
            "    depends_on: [app]\n"
            "    ports: [\"443:443\"]\n"
            "    networks: [front]\n"
            "  app:\n"
            "    image: example/app:1.4\n"
            "    depends_on: [db]\n"
            "    networks: [front, back]\n"
            "  db:\n"
            "    image: postgres:16.4\n"
            "    networks: [back]\n"
            "networks:\n"
            "  front:\n"
            "  back:\n"
            "    internal: true\n",
    .is_compose = true,
}};

constexpr std::array<std::string_view, 1> kTags = {"OWASP-Docker-5"};

}  // namespace

COMPOSELINT_RULE(unsegmented_network) = {
    .slug = "unsegmented-network",
    .since = "0.1.0",
    .severity = {.ops = Severity::kNote, .dev = Severity::kNote, .ci = Severity::kOff},
    .preset = Preset::kStrict,
    .summary = "What answers to the outside and the database are in one network",
    .rationale =
        "Without `networks` every service reaches every port of every other. Where a proxy talks "
        "to an application and that to a database, two networks say so: a hole in the proxy then "
        "does not lead to the data. `internal: true` keeps a network from the outside as well. "
        "Reported once a project.",
    .silent_on =
        "Projects that name networks. Services that need the database themselves, by "
        "`depends_on` or an address in their environment. Stacks of two.",
    .examples = kExamples,
    .cwe = 653,
    .tags = kTags,
    .on_project = on_project,
};

}  // namespace composelint::rules

#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/value.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/reports/attributes.h"
#include "analyzer/signs/reports/once_a_file.h"
#include "analyzer/signs/stacks/published_port.h"
#include "analyzer/signs/stacks/started_together.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

struct Claimed {
  const Service* service = nullptr;
  PublishedPort port;
};

enum class Family { kBoth, kV4, kV6 };

// An empty address is every one of both families.
bool same_place(const PublishedPort& a, const PublishedPort& b) {
  const auto family = [](const PublishedPort& port) {
    if (port.host_ip.empty()) return Family::kBoth;
    return port.host_ip.find(':') == std::string::npos ? Family::kV4 : Family::kV6;
  };
  if (family(a) != Family::kBoth && family(b) != Family::kBoth && family(a) != family(b)) {
    return false;
  }
  return a.host_ip == b.host_ip || a.on_all_addresses() || b.on_all_addresses();
}

// What says neither what it is made of nor how is a part of others, and started as one of them.
bool publishes(const Service& service) {
  if (!service.image && !service.build) return false;
  const std::string mode = text_at(service, "network_mode");
  const Value* replicas = service.attribute("deploy.replicas");
  const bool unknown = replicas != nullptr && !replicas->known;
  return mode != "host" && (service.replicas > 0 || unknown);
}

std::string written(const PublishedPort& port) {
  return (port.host_ip.empty() ? "" : port.host_ip + ":") + std::to_string(port.first) +
         (port.protocol == "tcp" ? "" : "/" + port.protocol);
}

// `<<: *app` gives all of them the one port that is written.
void report_shared(const Claimed& first, const std::vector<const Claimed*>& others,
                   RuleContext& context) {
  std::vector<std::string> names = {first.service->name};
  std::vector<std::string> key = {first.service->name, others.front()->service->name,
                                  std::to_string(first.port.first)};
  for (const Claimed* other : others) {
    names.push_back(other->service->name);
    if (other != others.front()) key.push_back(other->service->name);
  }
  Finding& finding =
      context.report(first.port.span,
                     listed(names) + (others.size() == 1 ? " both publish " : " all publish ") +
                         quoted(written(first.port)) +
                         (others.size() == 1 ? ": the second to start stops, as the port is taken"
                                             : ": all but the first to start stop, as the port is "
                                               "taken"),
                     std::move(key));
  finding.related.push_back({first.service->span, quoted(first.service->name) + " has it"});
  for (const Claimed* other : others) {
    finding.related.push_back({other->service->span, quoted(other->service->name) + " too"});
  }
}

void report(const Claimed& first, const Claimed& second, RuleContext& context) {
  const bool same = first.service == second.service;
  Finding& finding = context.report(
      second.port.span,
      (same ? quoted(second.service->name) + " publishes " + quoted(written(second.port)) +
                  " twice: its container does not start"
            : quoted(first.service->name) + " and " + quoted(second.service->name) +
                  " both publish " + quoted(written(second.port)) +
                  ": the second to start stops, as the port is taken"),
      {first.service->name, second.service->name, std::to_string(second.port.first)});
  finding.related.push_back({first.port.span, quoted(first.service->name) + " publishes it here"});
}

// `app` and `app-debug` of one image, `app-live` and `app-ports`: whoever starts one leaves the
// other.
bool are_variants(const Service& a, const Service& b) {
  const bool one_image = a.image && b.image ? a.image->value == b.image->value
                                            : a.build.has_value() && b.build.has_value();
  if (!one_image) return false;
  const auto joint = [](char c) { return c == '-' || c == '_' || c == '.'; };
  const std::string_view one = a.name;
  const std::string_view two = b.name;
  std::size_t joints = 0;
  std::size_t i = 0;
  for (; i < one.size() && i < two.size() && one[i] == two[i]; ++i) joints += joint(one[i]) ? 1 : 0;
  const bool prefix = (i == one.size() && joint(two[i])) || (i == two.size() && joint(one[i]));
  return prefix || joints > 1;
}

// Compose files of many services to choose from, as those for development environments are.
constexpr std::size_t kCatalogue = 5;

void on_project(const Project& project, RuleContext& context) {
  std::vector<std::pair<Claimed, Claimed>> clashes;
  std::map<std::pair<std::int64_t, std::string>, std::vector<Claimed>> claims;
  for (const Service& service : project.services) {
    if (!publishes(service)) continue;
    bool told = false;
    for (PublishedPort& port : published_ports(service)) {
      // Out of a range the engine takes one that is free.
      if (!port.known || port.first == 0 || port.first != port.last) continue;
      std::vector<Claimed>& others = claims[{port.first, port.protocol}];
      const Claimed own{&service, std::move(port)};
      for (const Claimed& other : others) {
        if (told || !same_place(other.port, own.port)) continue;
        if (other.service != own.service &&
            !start_together(*other.service, *own.service, project)) {
          continue;
        }
        if (other.service == own.service ? is_template(service, project)
                                         : are_variants(*other.service, *own.service)) {
          continue;
        }
        clashes.emplace_back(other, own);
        told = true;
      }
      others.push_back(own);
    }
  }
  if (clashes.size() > kCatalogue) return;
  std::set<const Service*> told;
  for (const auto& [first, second] : clashes) {
    if (!(first.port.span == second.port.span) || first.service == second.service) {
      report(first, second, context);
      continue;
    }
    if (!told.insert(first.service).second) continue;
    std::vector<const Claimed*> others;
    for (const auto& [one, other] : clashes) {
      const bool shared = one.service == first.service && other.port.span == first.port.span;
      if (shared && other.service != first.service) others.push_back(&other);
    }
    report_shared(first, others, context);
  }
}

// Some call starts the first of them together with another one.
bool may_start_two(const WorkspaceFacts& facts, const Finding& finding) {
  constexpr std::size_t kPort = 2;  // of the key
  for (std::size_t i = 1; i < finding.key.size(); ++i) {
    if (i == kPort) continue;
    if (calls_may_start(facts, finding.span.file, finding.key[0], finding.key[i])) return true;
  }
  return false;
}

void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  std::vector<Finding*> twice;
  for (Finding* finding : findings) {
    if (!may_start_two(facts, *finding)) finding->severity = Severity::kOff;
    if (finding->key[0] == finding->key[1]) twice.push_back(finding);
  }
  // An override adds to the ports of one service what it adds to those of the next.
  tell_once_a_file(facts, twice);
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  app: {image: example/app:1.4, ports: [\"127.0.0.1:8080:80\"]}\n"
              "  docs: {image: example/docs:2, ports: [\"8080:8080\"]}\n",
    .safe = "services:\n"
            "  app: {image: example/app:1.4, ports: [\"127.0.0.1:8080:80\"]}\n"
            "  docs: {image: example/docs:2, ports: [\"8081:8080\"]}\n",
    .is_compose = true,
}};

}  // namespace

COMPOSELINT_RULE(port_clash) = {
    .slug = "port-clash",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError,
                 .dev = Severity::kError,
                 .ci = Severity::kError,
                 .docs = Severity::kWarning},
    .summary = "Two services publish the same port of the host",
    .rationale =
        "`config` says nothing of it, exit code 0 (measured with 2.40.3); at `up` the container "
        "that comes second stops with `port is already allocated`, or `address already in use` "
        "where "
        "one of them has an address of its own, and which one comes second changes. "
        "An address of its own does not help against a port that is published on all of them: "
        "`8080:80` takes `127.0.0.1:8080` too. Reported once a service.",
    .silent_on =
        "Different addresses, different protocols (`53/tcp` and `53/udp`), IPv4 beside IPv6. "
        "Ranges for one port of the container, out of which the engine takes a free one. Services "
        "of different profiles, which replace each other. `network_mode: host`, which publishes "
        "nothing. Services without `image` and `build`, which `extends` or a later file takes "
        "over. "
        "Ports that hang on a variable nobody set. Variants of one service (`app` and "
        "`app-debug` of the same image), projects of which scripts and pages start one at a "
        "time, also by the file beside, and "
        "collections of services to choose from, with more than five clashes.",
    .examples = kExamples,
    .on_project = on_project,
    .on_findings = on_findings,
};

}  // namespace composelint::rules

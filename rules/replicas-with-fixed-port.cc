#include <composelint/path_name.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/value.h>

#include <cstdint>
#include <span>
#include <string>

#include "analyzer/signs/reports/attributes.h"
#include "analyzer/signs/stacks/published_port.h"
#include "analyzer/signs/stacks/stack_deploy.h"
#include "analyzer/signs/stacks/started_together.h"

namespace composelint::rules {
namespace {

void on_service(const Service& service, const Project& project, RuleContext& context) {
  if (service.replicas < 2 || text_at(service, "network_mode") == "host") return;
  if (is_template(service, project) || looks_like_swarm(project)) return;
  for (const PublishedPort& port : published_ports(service)) {
    if (!port.known || port.first == 0) continue;
    const std::int64_t room = port.last - port.first + 1;
    if (room >= service.replicas) continue;
    const Value* count = service.attribute("deploy.replicas");
    if (count == nullptr) count = service.attribute("scale");
    const Span place = count == nullptr ? port.span : place_of(*count, service);
    const bool elsewhere = place.file != nullptr && place.file != port.span.file;
    Finding& finding = context.report(
        port.span,
        quoted(service.name) + " is to run " + std::to_string(service.replicas) + " times" +
            (elsewhere ? " with " + quoted(file_name(place.file->path())) : "") +
            ", and the host has " +
            (room == 1 ? "the port " + quoted(std::to_string(port.first)) + " once"
                       : std::to_string(room) + " ports for it") +
            ": the others stop with \"port is already allocated\"",
        {service.name, std::to_string(port.first)});
    if (count != nullptr) finding.related.push_back({place, "the number of containers"});
    return;
  }
}

// Swarm's own network shares the port.
void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  for (Finding* finding : findings) {
    if (is_deployed_to_swarm(facts, *finding->span.file)) finding->severity = Severity::kOff;
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  app:\n"
              "    image: example/app:1.4\n"
              "    ports: [\"127.0.0.1:8080:80\"]\n"
              "    deploy: {replicas: 2}\n",
    .safe = "services:\n"
            "  app:\n"
            "    image: example/app:1.4\n"
            "    ports: [\"127.0.0.1:8080-8081:80\"]\n"
            "    deploy: {replicas: 2}\n",
    .is_compose = true,
}};

}  // namespace

COMPOSELINT_RULE(replicas_with_fixed_port) = {
    .slug = "replicas-with-fixed-port",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError,
                 .dev = Severity::kError,
                 .ci = Severity::kError,
                 .docs = Severity::kWarning},
    .summary = "Several containers of a service are to publish one port of the host",
    .rationale =
        "A port of the host belongs to one container. `config` takes such a project; at `up` the "
        "first replica gets the port and the others fail. A range (`8080-8081:80`) gives each its "
        "own, a port without a host part (`80`) any that is free, and behind a proxy none is "
        "needed.",
    .silent_on =
        "Ranges with room for all. Ports without a host part. Stacks for Swarm (`deploy` with "
        "`placement`, `update_config`, `mode` and the like, overlay networks) and files that a "
        "script gives to `docker stack deploy`: its ingress network shares a port.",
    .examples = kExamples,
    .on_service = on_service,
    .on_findings = on_findings,
};

}  // namespace composelint::rules

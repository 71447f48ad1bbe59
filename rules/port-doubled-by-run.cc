#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/stacks/idle_service.h"
#include "analyzer/signs/stacks/lifecycle.h"
#include "analyzer/signs/stacks/port_holder.h"
#include "analyzer/signs/stacks/published_port.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

struct Wanted {
  PublishedPort port;
  Span span;
};

// `-p 127.0.0.1:8080:80/tcp`; nothing for ports that the engine picks, and ranges.
std::optional<Wanted> wanted_by(const OptionUse& use) {
  if (use.name != "--publish" || !use.value || !use.value->known()) return std::nullopt;
  std::string_view text = use.value->text;
  Wanted wanted;
  wanted.span = use.value->place();
  if (const std::size_t slash = text.find('/'); slash != std::string_view::npos) {
    wanted.port.protocol = text.substr(slash + 1);
    text = text.substr(0, slash);
  }
  const std::size_t target = text.rfind(':');
  if (target == std::string_view::npos) return std::nullopt;
  text = text.substr(0, target);
  const std::size_t host = text.rfind(':');
  if (host != std::string_view::npos) {
    wanted.port.host_ip = text.substr(0, host);
    text = text.substr(host + 1);
  }
  wanted.port.first = wanted.port.last = port_number(text);
  if (wanted.port.first == 0) return std::nullopt;
  return wanted;
}

void report(const PortHolder& holder, const PublishedPort& port, Span place, const Step& step,
            RuleContext& context) {
  Finding& finding = context.report(
      place,
      quoted(short_form(*step.call)) + " asks for port " + std::to_string(port.first) +
          " of the host, which " + quoted(holder.service->name) + " holds since " +
          line_of(*holder.life.step, step.span) + ": it fails with \"port is already allocated\"",
      key_of(*step.call));
  finding.related.push_back({holder.life.step->span, "the service is started here"});
  finding.related.push_back({holder.port, "it publishes the port"});
}

void on_invocation(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  if (!call.is("run") || call.target.project == nullptr || context.timeline() == nullptr) return;
  const Argument* name = call.service();
  const Service* own = name == nullptr ? nullptr : call.target.project->service(name->text);
  if (own == nullptr) return;
  for (const OptionUse& use : call.options) {
    const auto wanted = wanted_by(use);
    if (!wanted) continue;
    const auto holder = holder_of_port(wanted->port, step, call, *context.timeline(), nullptr);
    if (holder) return report(*holder, wanted->port, wanted->span, step, context);
  }
  // Its own ports, where the service itself is up, are what run-service-ports is about.
  const OptionUse* all = call.option("--service-ports");
  if (all == nullptr || !call.has("--service-ports")) return;
  for (const PublishedPort& port : published_ports(*own)) {
    if (!port.known || port.first == 0) continue;
    const auto holder = holder_of_port(port, step, call, *context.timeline(), own);
    if (holder) return report(*holder, port, all->span, step, context);
  }
}

void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  for (Finding* finding : findings) {
    // The service whose own ports are wanted is the one that holds them.
    const bool own =
        finding->key.size() > 1 &&
        finding->message.find("which " + quoted(finding->key[1]) + " holds") != std::string::npos;
    if (own && is_of_an_idle_service(facts, *finding)) finding->severity = Severity::kOff;
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose up -d web\ndocker compose run --rm -p 8080:80 web ./bin/debug\n",
    .safe = "docker compose up -d web\ndocker compose run --rm -p 18080:80 web ./bin/debug\n",
    .compose = "services:\n  web:\n    image: example/web:1.4\n    ports:\n      - \"8080:80\"\n",
}};

}  // namespace

COMPOSELINT_RULE(port_doubled_by_run) = {
    .slug = "port-doubled-by-run",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kWarning, .ci = Severity::kWarning},
    .summary = "run publishes a port of the host that a running service holds",
    .rationale =
        "A port of the host has one owner. While a service of the stack is up that publishes it, "
        "`run -p` with the same port, and `run --service-ports` of another service that shares it, "
        "are refused: `port is already allocated`, exit code 1 (measured with Compose 2.40.3 for "
        "`--service-ports`).",
    .silent_on =
        "Scripts that do not start the service before, or have stopped it. Other addresses of the "
        "host, other protocols, ranges, and ports that the engine picks (`-p 80`). Services "
        "that end at once, as neither their file nor their image says what to run.",
    .examples = kExamples,
    .on_invocation = on_invocation,
    .on_findings = on_findings,
};

}  // namespace composelint::rules

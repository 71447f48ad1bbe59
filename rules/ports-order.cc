#include <composelint/document.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "analyzer/signs/reports/order_finding.h"
#include "analyzer/signs/reports/written_services.h"

namespace composelint::rules {
namespace {

// The port of the host, then all of it: `127.0.0.1:8080:80` comes with the other 8080.
std::string rank_of(std::string_view port) {
  const std::size_t slash = port.find('/');
  const std::string_view numbers = port.substr(0, slash);
  const std::size_t target = numbers.rfind(':');
  if (target == std::string_view::npos) return sort_key(numbers) + " " + std::string(port);
  const std::string_view before = numbers.substr(0, target);
  const std::size_t host = before.rfind(':');
  const bool has_host = host != std::string_view::npos && before.back() != ']';
  return sort_key(has_host ? before.substr(host + 1) : before) + " " + sort_key(port);
}

void on_written(const WrittenFile& file, const Project&, RuleContext& context) {
  for_each_written_service(file, [&](const yaml::Node& name, const yaml::Node& service) {
    const yaml::Node* ports = service.find("ports");
    if (ports == nullptr || ports->kind != yaml::NodeKind::kSequence) return;
    Ordered wanted{"the ports of " + quoted(name.text), "by the port of the host", {}, {}};
    for (const yaml::Node* port : ports->items) {
      // A variable may be any number, a map has its own order.
      if (port->kind != yaml::NodeKind::kScalar || port->text.find('$') != port->text.npos) return;
      wanted.names.emplace_back(port->text);
      wanted.ranks.push_back(rank_of(port->text));
    }
    report_order(*ports, wanted, {std::string(name.text), "ports", "order"}, context);
  });
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  app:\n"
              "    image: example/app:1.4\n"
              "    ports:\n"
              "      - \"8443:443\"\n"
              "      - \"8080:80\"\n",
    .safe = "services:\n"
            "  app:\n"
            "    image: example/app:1.4\n"
            "    ports:\n"
            "      - \"8080:80\"\n"
            "      - \"8443:443\"\n",
    .is_compose = true,
}};

}  // namespace

COMPOSELINT_RULE(ports_order) = {
    .slug = "ports-order",
    .since = "0.1.0",
    .severity = {.ops = Severity::kNote,
                 .dev = Severity::kNote,
                 .ci = Severity::kNote,
                 .docs = Severity::kNote},
    .preset = Preset::kStyle,
    .summary = "The ports of a service are not in the order of their numbers",
    .rationale = "In a list by the number of the port on the host a clash is seen at once.",
    .silent_on =
        "Lists with a variable or with a map in them. Nothing is moved before an anchor it uses, "
        "lists and maps in braces are left alone, and where a comment stands apart from all of "
        "them the order is told and not changed.",
    .examples = kExamples,
    .fix = FixKind::kSafe,
    .on_written = on_written,
};

}  // namespace composelint::rules

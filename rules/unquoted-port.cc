#include <composelint/document.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/reports/written_services.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

bool needs_quotes(const yaml::Node& port) {
  return port.kind == yaml::NodeKind::kScalar && port.style == yaml::ScalarStyle::kPlain &&
         port.text.find(':') != std::string_view::npos && port.span.text() == port.text;
}

void look_at(const yaml::Node& name, const yaml::Node& ports, RuleContext& context) {
  std::vector<std::string> names;
  Fix fix{"Quote them", FixSafety::kSafe, {}};
  Span first;
  for (const yaml::Node* port : ports.items) {
    if (!needs_quotes(*port)) continue;
    if (!first) first = port->span;
    names.emplace_back(port->text);
    if (port->text.find_first_of("\"\\") != std::string_view::npos) continue;
    const std::string text(port->text);
    fix.edits.push_back({port->span, "\"" + text + "\""});
  }
  if (names.empty()) return;
  Finding& finding =
      context.report(first,
                     listed(names) + (names.size() == 1 ? " is" : " are") +
                         " not quoted: YAML 1.1 reads two numbers with a colon as one in base 60",
                     {std::string(name.text), "ports"});
  if (fix.edits.size() == names.size()) finding.fixes.push_back(std::move(fix));
}

void on_written(const WrittenFile& file, const Project&, RuleContext& context) {
  for_each_written_service(file, [&](const yaml::Node& name, const yaml::Node& service) {
    const yaml::Node* ports = service.find("ports");
    if (ports != nullptr && ports->kind == yaml::NodeKind::kSequence)
      look_at(name, *ports, context);
  });
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  git:\n"
              "    image: example/git:1.4\n"
              "    ports:\n"
              "      - 22:22\n",
    .safe = "services:\n"
            "  git:\n"
            "    image: example/git:1.4\n"
            "    ports:\n"
            "      - \"22:22\"\n",
    .is_compose = true,
}};

}  // namespace

COMPOSELINT_RULE(unquoted_port) = {
    .slug = "unquoted-port",
    .since = "0.1.0",
    .severity = {.ops = Severity::kNote,
                 .dev = Severity::kNote,
                 .ci = Severity::kNote,
                 .docs = Severity::kNote},
    .preset = Preset::kStyle,
    .summary = "A port is not quoted",
    .rationale =
        "`22:22` without quotes is the number 1342 for a reader of YAML 1.1, as many editors, "
        "generators and older Compose releases are. Compose of today takes it for text. Quotes "
        "are right for all of them.",
    .silent_on =
        "Single and double quotes alike. Ports without a colon: `80` is a number either way. The "
        "long form.",
    .examples = kExamples,
    .fix = FixKind::kSafe,
    .on_written = on_written,
};

}  // namespace composelint::rules

#include <composelint/document.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <map>
#include <string>
#include <string_view>

#include "analyzer/signs/reports/written_nodes.h"

namespace composelint::rules {
namespace {

void look_at(const yaml::Node& mapping, RuleContext& context) {
  std::map<std::string_view, const yaml::Node*> seen;
  for (const yaml::Entry& entry : mapping.entries) {
    const yaml::Node& key = *entry.key;
    if (key.kind != yaml::NodeKind::kScalar || key.text == "<<") continue;
    const auto [first, fresh] = seen.emplace(key.text, &key);
    if (fresh) continue;
    Finding& finding = context.report(
        key.span, quoted(key.text) + " stands twice in one mapping: Compose 2 refuses the file",
        {std::string(key.text)});
    finding.related.push_back({first->second->span, "the first one is here"});
  }
}

void on_written(const WrittenFile& file, const Project&, RuleContext& context) {
  for (const yaml::Node* root : file.documents) {
    for_each_node(*root, [&](const yaml::Node& node) { look_at(node, context); });
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  app:\n"
              "    image: example/app:1.4\n"
              "    environment: {LOG: info}\n"
              "    environment: {PORT: \"80\"}\n",
    .safe = "services:\n"
            "  app:\n"
            "    image: example/app:1.4\n"
            "    environment: {LOG: info, PORT: \"80\"}\n",
    .is_compose = true,
}};

}  // namespace

COMPOSELINT_RULE(duplicate_key) = {
    .slug = "duplicate-key",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError,
                 .dev = Severity::kError,
                 .ci = Severity::kError,
                 .docs = Severity::kWarning},
    .summary = "A key stands twice in one mapping",
    .rationale =
        "`mapping key \"environment\" already defined`, exit code 1, whatever the command "
        "(measured "
        "with 2.40.3). Readers and tools that take the last one, docker-compose 1.x among them, "
        "lose the first without a word.",
    .silent_on =
        "Merge keys, which have a rule of their own (`duplicate-merge-key`). The same key "
        "in another document of the file, which is merged.",
    .examples = kExamples,
    .on_written = on_written,
};

}  // namespace composelint::rules

#include <composelint/document.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "analyzer/signs/files/program_origin.h"
#include "analyzer/signs/files/second_line.h"
#include "analyzer/signs/reports/written_nodes.h"
#include "analyzer/signs/words/mentions.h"

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

// Each call is of the program that a script here installs, and that one takes the file.
bool is_read_by_the_first_line(const WorkspaceFacts& facts) {
  if (calls_the_plugin(facts)) return false;
  const std::set<const SourceFile*> files = task_files(facts);
  return std::any_of(files.begin(), files.end(),
                     [](const SourceFile* file) { return pins_first_line(file->bytes()); });
}

void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  if (findings.empty() || !is_read_by_the_first_line(facts)) return;
  for (Finding* finding : findings) {
    if (finding->severity <= Severity::kNote) continue;
    finding->severity = Severity::kNote;
    finding->message += "; docker-compose 1.x, which is installed here, takes the last one";
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
        "lose the first without a word. A note where a script here installs a 1.x and each call is "
        "`docker-compose`.",
    .silent_on =
        "Merge keys, which have a rule of their own (`duplicate-merge-key`). The same key "
        "in another document of the file, which is merged.",
    .examples = kExamples,
    .on_written = on_written,
    .on_findings = on_findings,
};

}  // namespace composelint::rules

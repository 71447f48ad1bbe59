#include <composelint/document.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>

#include "analyzer/signs/reports/written_nodes.h"

namespace composelint::rules {
namespace {

bool is_list_of_variables(const yaml::Entry& entry) {
  static constexpr std::array<std::string_view, 3> kKeys = {"args", "environment", "labels"};
  return std::find(kKeys.begin(), kKeys.end(), entry.key->text) != kKeys.end() &&
         entry.value->kind == yaml::NodeKind::kSequence;
}

void report(const yaml::Node& lost, const yaml::Node& last, RuleContext& context) {
  const std::string name(lost.text.substr(0, lost.text.find('=')));
  Finding& finding = context.report(
      lost.span, quoted(name) + " is set again below, to another value: this one never counts",
      {name, std::string(lost.text)});
  finding.related.push_back({last.span, "the last one counts"});
  if (const auto lines = lines_of(lost.span)) {
    finding.fixes.push_back({"Remove it", FixSafety::kUnsafe, {{*lines, ""}}});
  }
}

void look_at(const yaml::Node& list, RuleContext& context) {
  std::map<std::string_view, const yaml::Node*> last;
  for (auto item = list.items.rbegin(); item != list.items.rend(); ++item) {
    const yaml::Node& entry = (*item)->resolved();
    if (entry.kind != yaml::NodeKind::kScalar) continue;
    const std::string_view name = entry.text.substr(0, entry.text.find('='));
    const auto [known, fresh] = last.emplace(name, &entry);
    if (!fresh && known->second->text != entry.text) report(entry, *known->second, context);
  }
}

void on_written(const WrittenFile& file, const Project&, RuleContext& context) {
  for (const yaml::Node* root : file.documents) {
    for_each_node(*root, [&](const yaml::Node& node) {
      for (const yaml::Entry& entry : node.entries) {
        if (is_list_of_variables(entry)) look_at(*entry.value, context);
      }
    });
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  app:\n"
              "    image: example/app:1.4\n"
              "    environment:\n"
              "      - LOG_LEVEL=debug\n"
              "      - PORT=80\n"
              "      - LOG_LEVEL=info\n",
    .safe = "services:\n"
            "  app:\n"
            "    image: example/app:1.4\n"
            "    environment:\n"
            "      - PORT=80\n"
            "      - LOG_LEVEL=info\n",
    .is_compose = true,
}};

}  // namespace

COMPOSELINT_RULE(duplicate_environment_entry) = {
    .slug = "duplicate-environment-entry",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning,
                 .dev = Severity::kWarning,
                 .ci = Severity::kWarning,
                 .docs = Severity::kNote},
    .summary = "A list sets a variable twice, to different values",
    .rationale =
        "Of `[A=1, A=2]` the last one wins, without a word (measured with 2.40.3): whoever changes "
        "the first one sees no effect. The same goes for `labels` and `build.args`. In the form of "
        "a mapping Compose refuses it.",
    .silent_on =
        "The same entry twice, which changes nothing. What a later file or a service that extends "
        "it sets anew: that is what they are for.",
    .examples = kExamples,
    .fix = FixKind::kOffer,
    .on_written = on_written,
};

}  // namespace composelint::rules

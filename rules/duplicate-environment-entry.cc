#include <composelint/document.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/reports/written_nodes.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

bool is_list_of_variables(const yaml::Entry& entry) {
  static constexpr std::array<std::string_view, 3> kKeys = {"args", "environment", "labels"};
  return std::find(kKeys.begin(), kKeys.end(), entry.key->text) != kKeys.end() &&
         entry.value->kind == yaml::NodeKind::kSequence;
}

struct Lost {
  const yaml::Node* entry = nullptr;
  const yaml::Node* last = nullptr;  // that counts
};

std::string name_of(const yaml::Node& entry) {
  return std::string(entry.text.substr(0, entry.text.find('=')));
}

// Several of one list are one slip: the entries of another service stand there as well.
void report(const std::vector<Lost>& all, RuleContext& context) {
  std::vector<std::string> names;
  std::vector<std::string> key;
  Fix fix{all.size() == 1 ? "Remove it" : "Remove them", FixSafety::kUnsafe, {}};
  for (const Lost& each : all) {
    const std::string name = name_of(*each.entry);
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    key.insert(key.end(), {name, std::string(each.entry->text)});
    if (const auto lines = lines_of(each.entry->span)) fix.edits.push_back({*lines, ""});
  }
  const std::string so = all.size() == 1 ? "to another value: this one never counts"
                                         : "to other values: these never count";
  Finding& finding = context.report(
      all.front().entry->span,
      listed(names) + (names.size() == 1 ? " is" : " are") + " set again below, " + so,
      std::move(key));
  finding.related.push_back({all.front().last->span, "the last one counts"});
  if (fix.edits.size() == all.size()) finding.fixes.push_back(std::move(fix));
}

void look_at(const yaml::Node& list, RuleContext& context) {
  std::map<std::string, const yaml::Node*> last;
  std::vector<Lost> lost;
  for (auto item = list.items.rbegin(); item != list.items.rend(); ++item) {
    const yaml::Node& entry = (*item)->resolved();
    if (entry.kind != yaml::NodeKind::kScalar) continue;
    const auto [known, fresh] = last.emplace(name_of(entry), &entry);
    if (!fresh && known->second->text != entry.text) lost.push_back({&entry, known->second});
  }
  std::reverse(lost.begin(), lost.end());
  if (!lost.empty()) report(lost, context);
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
        "a mapping Compose refuses it. Several of one list are told together.",
    .silent_on =
        "The same entry twice, which changes nothing. What a later file or a service that extends "
        "it sets anew: that is what they are for.",
    .examples = kExamples,
    .fix = FixKind::kOffer,
    .on_written = on_written,
};

}  // namespace composelint::rules

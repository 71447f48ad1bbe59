#include <composelint/contains.h>
#include <composelint/document.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/reports/once_a_file.h"
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

std::string told(const std::vector<std::string>& names, bool one) {
  return listed(names) + (names.size() == 1 ? " is" : " are") + " set again below, to " +
         (one ? "another value: this one never counts" : "other values: these never count");
}

void report(const Lost& lost, RuleContext& context) {
  const std::string name = name_of(*lost.entry);
  Finding& finding =
      context.report(lost.entry->span, told({name}, true), {name, std::string(lost.entry->text)});
  finding.related.push_back({lost.last->span, "the last one counts"});
  if (const auto lines = lines_of(lost.entry->span)) {
    finding.fixes.push_back({"Remove it", FixSafety::kUnsafe, {{*lines, ""}}});
  }
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
  for (const Lost& each : lost) report(each, context);
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

// Where the list begins that holds the place.
std::uint32_t list_of(const WorkspaceFacts& facts, const Span& place) {
  std::uint32_t begin = 0;
  for (const Project* project : facts.projects) {
    for (const WrittenFile& file : project->written) {
      if (file.file != place.file) continue;
      for (const yaml::Node* root : file.documents) {
        for_each_node(*root, [&](const yaml::Node& node) {
          const bool list = node.kind == yaml::NodeKind::kSequence;
          if (list && contains(node.span, place)) begin = std::max(begin, node.span.begin);
        });
      }
      return begin;
    }
  }
  return begin;
}

// Several of one list are one slip: the entries of another service stand there as well.
void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  std::map<std::pair<const SourceFile*, std::uint32_t>, std::vector<Finding*>> lists;
  for (Finding* finding : findings) {
    if (finding->severity == Severity::kOff) continue;
    const Span& place = finding->span;
    lists[{place.file, list_of(facts, place)}].push_back(finding);
  }
  for (auto& [list, all] : lists) {
    std::vector<std::string> names;
    for (const Finding* each : all) {
      const std::string& name = each->key.front();
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
    const bool mended = std::all_of(all.begin(), all.end(),
                                    [](const Finding* each) { return !each->fixes.empty(); });
    if (merge_places(all) == 1) continue;
    Finding& first = *all.front();
    first.message = told(names, false);
    if (mended) {
      first.fixes.front().title = "Remove them";
    } else {
      first.fixes.clear();  // some would be left
    }
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
    .on_findings = on_findings,
};

}  // namespace composelint::rules

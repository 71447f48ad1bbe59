#include <composelint/document.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "analyzer/signs/reports/order_finding.h"
#include "analyzer/signs/steps/block_parts.h"

namespace composelint::rules {
namespace {

std::string rank_of(std::string_view key) {
  static constexpr std::array<std::string_view, 8> kOrder = {
      "version", "name", "include", "services", "networks", "volumes", "secrets", "configs"};
  if (key == "<<") return {};
  if (key.starts_with("x-")) return "a" + std::string(key);
  const auto found = std::find(kOrder.begin(), kOrder.end(), key);
  if (found == kOrder.end()) return "z";
  return std::string(1, static_cast<char>('b' + (found - kOrder.begin())));
}

void on_written(const WrittenFile& file, const Project&, RuleContext& context) {
  for (const yaml::Node* document : file.documents) {
    if (document == nullptr || document->kind != yaml::NodeKind::kMapping) continue;
    Ordered wanted{"the sections",
                   "x-…, version, name, include, services, networks, volumes, secrets, configs",
                   {},
                   {},
                   HeadComments::kOfTheWhole};
    for (const yaml::Entry& entry : document->entries) {
      wanted.names.emplace_back(entry.key->text);
      wanted.ranks.push_back(rank_of(entry.key->text));
    }
    report_order(*document, wanted, {"order"}, context);
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "volumes:\n"
              "  data:\n"
              "services:\n"
              "  app:\n"
              "    image: example/app:1.4\n",
    .safe = "services:\n"
            "  app:\n"
            "    image: example/app:1.4\n"
            "volumes:\n"
            "  data:\n",
    .is_compose = true,
}};

}  // namespace

COMPOSELINT_RULE(top_level_order) = {
    .slug = "top-level-order",
    .since = "0.1.0",
    .severity = {.ops = Severity::kNote,
                 .dev = Severity::kNote,
                 .ci = Severity::kNote,
                 .docs = Severity::kNote},
    .preset = Preset::kStyle,
    .summary = "The sections of a file are not in the usual order",
    .rationale =
        "Most compose files begin with what is shared (`x-…`), then the name and the services, "
        "then the networks, volumes, secrets and configs that those use. Whoever opens one looks "
        "there.",
    .silent_on =
        "Sections of other names, which come last in the order they have. Comments above the "
        "first section stay at the head of the file. Nothing is moved before an anchor it uses, "
        "lists and maps in braces are left alone, and where a comment stands apart from all of "
        "them the order is told and not changed.",
    .examples = kExamples,
    .fix = FixKind::kSafe,
    .on_written = on_written,
};

}  // namespace composelint::rules

#include <composelint/document.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <string>

#include "analyzer/signs/reports/order_finding.h"
#include "analyzer/signs/reports/written_services.h"
#include "analyzer/signs/words/heading_comment.h"

namespace composelint::rules {
namespace {

void on_written(const WrittenFile& file, const Project&, RuleContext& context) {
  for_each_written_service(file, [&](const yaml::Node& name, const yaml::Node& service) {
    const yaml::Node* depends_on = service.find("depends_on");
    if (depends_on == nullptr || depends_on->kind == yaml::NodeKind::kAlias) return;
    Ordered wanted{"the dependencies of " + quoted(name.text), "by name", {}, {}};
    wanted.headings = Headings::kAny;
    for (const yaml::Node* item : depends_on->items) {
      if (item->kind != yaml::NodeKind::kScalar) return;
      wanted.names.emplace_back(item->text);
      wanted.ranks.push_back(sort_key(item->text));
    }
    for (const yaml::Entry& entry : depends_on->entries) {
      const bool merge = entry.key->text == "<<";
      wanted.names.emplace_back(entry.key->text);
      wanted.ranks.push_back(merge ? std::string() : sort_key(entry.key->text));
    }
    report_order(*depends_on, wanted, {std::string(name.text), "depends_on", "order"}, context);
  });
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  app:\n"
              "    image: example/app:1.4\n"
              "    depends_on:\n"
              "      - db\n"
              "      - cache\n"
              "  cache:\n"
              "    image: redis:7.4\n"
              "  db:\n"
              "    image: postgres:16\n",
    .safe = "services:\n"
            "  app:\n"
            "    image: example/app:1.4\n"
            "    depends_on:\n"
            "      - cache\n"
            "      - db\n"
            "  cache:\n"
            "    image: redis:7.4\n"
            "  db:\n"
            "    image: postgres:16\n",
    .is_compose = true,
}};

}  // namespace

COMPOSELINT_RULE(dependencies_order) = {
    .slug = "dependencies-order",
    .since = "0.1.0",
    .severity = {.ops = Severity::kNote,
                 .dev = Severity::kNote,
                 .ci = Severity::kNote,
                 .docs = Severity::kNote},
    .preset = Preset::kStyle,
    .summary = "The dependencies of a service are not in the order of their names",
    .rationale =
        "Compose starts dependencies side by side, whatever their order: an order by name "
        "promises no other one.",
    .silent_on =
        "Short and long form alike are looked at. Nothing is moved before an anchor it uses, "
        "lists and maps in braces are left alone, and where a comment stands apart from all of "
        "them, or over several, the order is told and not changed.",
    .examples = kExamples,
    .fix = FixKind::kSafe,
    .on_written = on_written,
};

}  // namespace composelint::rules

#include <composelint/document.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <string>

#include "analyzer/signs/reports/order_finding.h"

namespace composelint::rules {
namespace {

void on_written(const WrittenFile& file, const Project&, RuleContext& context) {
  for (const yaml::Node* document : file.documents) {
    const yaml::Node* services = document == nullptr ? nullptr : document->find("services");
    if (services == nullptr || services->kind != yaml::NodeKind::kMapping) continue;
    Ordered wanted{"the services", "by name", {}, {}};
    for (const yaml::Entry& entry : services->entries) {
      wanted.names.emplace_back(entry.key->text);
      const bool merge = entry.key->text == "<<";
      wanted.ranks.push_back(merge ? std::string() : sort_key(entry.key->text));
    }
    report_order(*services, wanted, {"services", "order"}, context);
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  web:\n"
              "    image: example/web:1.4\n"
              "  # The one that people see.\n"
              "  app:\n"
              "    image: example/app:1.4\n",
    .safe = "services:\n"
            "  # The one that people see.\n"
            "  app:\n"
            "    image: example/app:1.4\n"
            "  web:\n"
            "    image: example/web:1.4\n",
    .is_compose = true,
}};

}  // namespace

COMPOSELINT_RULE(services_order) = {
    .slug = "services-order",
    .since = "0.1.0",
    .severity = {.ops = Severity::kNote,
                 .dev = Severity::kNote,
                 .ci = Severity::kNote,
                 .docs = Severity::kNote},
    .preset = Preset::kStyle,
    .summary = "Services are not in the order of their names",
    .rationale =
        "In a file of many services one that is looked for is found sooner when they stand in the "
        "order of their names, and two branches that add one meet less often. Compose starts them "
        "by `depends_on`, whatever their order.",
    .silent_on =
        "Upper and lower case are alike, and numbers count by their value (`web2` before "
        "`web10`). Nothing is moved before an anchor it uses, lists and maps in braces are left "
        "alone, and where a comment stands apart from all of them, or is drawn as the heading of "
        "several, the order is told and not changed.",
    .examples = kExamples,
    .fix = FixKind::kSafe,
    .on_written = on_written,
};

}  // namespace composelint::rules

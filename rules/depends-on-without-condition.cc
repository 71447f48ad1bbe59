#include <composelint/document.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analyzer/signs/reports/attributes.h"
#include "analyzer/signs/reports/written_services.h"
#include "analyzer/signs/stacks/dependency_condition.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

struct Short {
  const yaml::Node* node = nullptr;
  const Service* target = nullptr;  // null where it is not known
};

std::vector<Short> short_dependencies(const yaml::Node& depends_on, const Project& project) {
  std::vector<Short> out;
  if (depends_on.kind != yaml::NodeKind::kSequence) return out;
  for (const yaml::Node* item : depends_on.items) {
    if (item->kind != yaml::NodeKind::kScalar) continue;
    out.push_back({item, project.service(item->text)});
  }
  return out;
}

void look_at(const yaml::Node& name, const yaml::Node& list, const Project& project,
             RuleContext& context) {
  const std::vector<Short> all = short_dependencies(list, project);
  if (all.empty()) return;
  std::vector<std::string> names;
  std::optional<Fix> fix;
  for (const Short& each : all) {
    names.emplace_back(each.node->text);
    if (fix || each.target == nullptr) continue;
    const std::string condition = condition_for(*each.target, project, each.node->span);
    if (condition.empty()) continue;
    fix = await(project, name.text, each.node->text, each.node->span, condition,
                "Wait for " + std::string(each.node->text));
  }
  Finding& finding = context.report(
      all.front().node->span,
      quoted(name.text) + " is started as soon as the " +
          (names.size() == 1 ? "container of " : "containers of ") + listed(names) +
          (names.size() == 1 ? " is: whether that answers" : " are: whether those answer") +
          " is not waited for",
      {std::string(name.text), "depends_on"});
  if (fix) finding.fixes.push_back(std::move(*fix));
}

void on_written(const WrittenFile& file, const Project& project, RuleContext& context) {
  for_each_written_service(file, [&](const yaml::Node& name, const yaml::Node& service) {
    const Service* known = project.service(name.text);
    if (known != nullptr && is_template(*known, project)) return;
    const yaml::Node* list = service.find("depends_on");
    if (list != nullptr) look_at(name, list->resolved(), project, context);
  });
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  app:\n"
              "    image: example/app:1.4\n"
              "    depends_on:\n"
              "      - db\n"
              "  db:\n"
              "    image: postgres:16\n",
    .safe = "services:\n"
            "  app:\n"
            "    image: example/app:1.4\n"
            "    depends_on:\n"
            "      db:\n"
            "        condition: service_healthy\n"
            "  db:\n"
            "    image: postgres:16\n"
            "    healthcheck:\n"
            "      test: pg_isready -h 127.0.0.1\n",
    .is_compose = true,
}};

}  // namespace

COMPOSELINT_RULE(depends_on_without_condition) = {
    .slug = "depends-on-without-condition",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning,
                 .dev = Severity::kNote,
                 .ci = Severity::kNote,
                 .docs = Severity::kNote},
    .preset = Preset::kStrict,
    .summary = "A dependency is started and not waited for",
    .rationale =
        "In its short form `depends_on` orders the starts of containers and no more: the "
        "dependent runs while the other one still opens its files. The long form says what is "
        "enough: `service_healthy` where there is a healthcheck, "
        "`service_completed_successfully` for a task, `service_started` where that is really all "
        "it takes.",
    .silent_on =
        "The long form, whatever condition it has. Services that are only there for others to be "
        "made from.",
    .examples = kExamples,
    .fix = FixKind::kOffer,
    .on_written = on_written,
};

}  // namespace composelint::rules

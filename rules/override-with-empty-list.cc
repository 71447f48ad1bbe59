#include <composelint/document.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/value.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/reports/once_a_file.h"

namespace composelint::rules {
namespace {

// `ports: []` where what another file says stays.
struct Kept {
  const yaml::Entry* entry = nullptr;
  std::string_view service;
  Span by;  // what stays
};

// Compose puts another command in the place of the first, and no list behind it.
bool is_replaced(std::string_view key) {
  return key == "command" || key == "entrypoint";
}

bool is_empty_collection(const yaml::Node& value) {
  const bool collection =
      value.kind == yaml::NodeKind::kSequence || value.kind == yaml::NodeKind::kMapping;
  return collection && value.items.empty() && value.entries.empty() && value.tag.empty();
}

// The first file of the project is its base; those that others are made from come before it.
std::ptrdiff_t place_of(const SourceFile* file, const Project& project) {
  const auto found = std::find(project.files.begin(), project.files.end(), file);
  return found == project.files.end() ? -1 : found - project.files.begin();
}

// Something of the merged value that stands before `entry`.
Span kept_from(const Value& merged, const yaml::Entry& entry, const Project& project) {
  const Span& own = entry.key->span;
  const auto before = [&](const Span& span) {
    if (!span) return false;
    if (span.file == own.file) return span.begin < own.begin;
    return place_of(span.file, project) < place_of(own.file, project);
  };
  for (const Value& item : merged.items) {
    if (before(item.span)) return item.span;
  }
  for (const Member& member : merged.members) {
    if (before(member.value.span)) return member.value.span;
  }
  return {};
}

void look_at(const yaml::Node& root, const Project& project, std::vector<Kept>& all) {
  const yaml::Node* services = root.find("services");
  if (services == nullptr) return;
  for (const yaml::Entry& each : services->resolved().entries) {
    const Service* service = project.service(each.key->text);
    if (service == nullptr) continue;
    for (const yaml::Entry& entry : each.value->resolved().entries) {
      const std::string_view key = entry.key->text;
      if (!is_empty_collection(entry.value->resolved()) || is_replaced(key)) continue;
      const Value* merged = service->attribute(key);
      if (merged == nullptr) continue;
      const Span by = kept_from(*merged, entry, project);
      if (by) all.push_back({&entry, each.key->text, by});
    }
  }
}

void report(const Kept& kept, RuleContext& context) {
  const yaml::Entry& entry = *kept.entry;
  const Span value = entry.value->span;
  const bool alias = entry.value->kind == yaml::NodeKind::kAlias;
  const bool list = entry.value->resolved().kind == yaml::NodeKind::kSequence;
  const std::string empty = list ? "[]" : "{}";
  Finding& finding = context.report(
      join(entry.key->span, value),
      quoted(std::string(entry.key->text) + ": " + (alias ? std::string(value.text()) : empty)) +
          " of " + quoted(std::string(kept.service)) +
          " takes nothing away: Compose merges it with what is there, and all of that stays",
      {std::string(kept.service), std::string(entry.key->text)});
  finding.related.push_back({kept.by, "this stays"});
  // An alias takes no tag.
  const Edit reset = alias ? Edit{value, "!reset " + empty}
                           : Edit{{value.file, value.begin, value.begin}, "!reset "};
  finding.fixes.push_back({"Reset it", FixSafety::kUnsafe, {reset}});
}

// What several projects read is told of once.
void on_workspace(const WorkspaceFacts& facts, RuleContext& context) {
  std::set<std::pair<const SourceFile*, std::uint32_t>> told;
  for (const Project* project : facts.projects) {
    for (const WrittenFile& file : project->written) {
      std::vector<Kept> all;
      for (const yaml::Node* root : file.documents) look_at(*root, *project, all);
      for (const Kept& kept : all) {
        const Span& key = kept.entry->key->span;
        if (told.insert({key.file, key.begin}).second) report(kept, context);
      }
    }
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  app:\n"
              "    image: example/app:1.4\n"
              "    ports: [\"8000:8000\"]\n"
              "---\n"
              "services:\n"
              "  app:\n"
              "    ports: []\n",
    .safe = "services:\n"
            "  app:\n"
            "    image: example/app:1.4\n"
            "    ports: [\"8000:8000\"]\n"
            "---\n"
            "services:\n"
            "  app:\n"
            "    ports: !reset []\n",
    .is_compose = true,
}};

}  // namespace

COMPOSELINT_RULE(override_with_empty_list) = {
    .slug = "override-with-empty-list",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kNote, .ci = Severity::kOff},
    .summary = "An empty list or map in an override is meant to take away what stays",
    .rationale =
        "Where a later file names a service again, Compose adds its lists and maps to those of the "
        "files before, and an empty one adds nothing: with `ports: []` the ports of the base stay "
        "published, with `depends_on: {}` the database is still started (`docker compose config`, "
        "measured with 2.40.3). `!reset []` takes the key away, `!override` puts another value in "
        "its place (from 2.24 on). So it is with what `extends` brings. Reported once a file.",
    .silent_on =
        "`command` and `entrypoint`, which are replaced. Keys that no file before sets, and values "
        "that a merge key (`<<`) would bring, which YAML itself puts aside. `!reset` and "
        "`!override`. Files that nothing reads together with their base.",
    .examples = kExamples,
    .fix = FixKind::kOffer,
    .on_workspace = on_workspace,
    .on_findings = tell_once_a_file,
};

}  // namespace composelint::rules

#include <composelint/document.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/reports/written_nodes.h"
#include "analyzer/signs/stacks/stack_deploy.h"
#include "analyzer/signs/stacks/stack_parts.h"

namespace composelint::rules {
namespace {

using Merges = std::vector<const yaml::Entry*>;  // of one mapping

// `<<: *a` and `<<: *b` are `<<: [*a, *b]`.
void add_edits(const Merges& merges, std::vector<Edit>& all) {
  std::string list;
  std::vector<Edit> edits;
  for (const yaml::Entry* merge : merges) {
    const yaml::Node& value = *merge->value;
    if (value.kind != yaml::NodeKind::kAlias) return;
    list += (list.empty() ? "" : ", ") + std::string(value.span.text());
    if (merge == merges.front()) continue;
    const auto lines = lines_of(join(merge->key->span, value.span));
    if (!lines) return;
    edits.push_back({*lines, ""});
  }
  all.push_back({merges.front()->value->span, "[" + list + "]"});
  all.insert(all.end(), edits.begin(), edits.end());
}

void look_at(const yaml::Node& mapping, std::vector<Merges>& all) {
  Merges merges;
  for (const yaml::Entry& entry : mapping.entries) {
    if (entry.key->kind == yaml::NodeKind::kScalar && entry.key->text == "<<") {
      merges.push_back(&entry);
    }
  }
  if (merges.size() > 1) all.push_back(std::move(merges));
}

constexpr std::string_view kCompose = "Compose";

void on_written(const WrittenFile& file, const Project&, RuleContext& context) {
  std::vector<Merges> all;
  for (const yaml::Node* root : file.documents) {
    for_each_node(*root, [&](const yaml::Node& node) { look_at(node, all); });
  }
  if (all.empty()) return;
  std::sort(all.begin(), all.end(), [](const Merges& a, const Merges& b) {
    return a[1]->key->span.begin < b[1]->key->span.begin;
  });
  const Merges& first = all.front();
  const std::string times = first.size() == 2 ? "twice" : std::to_string(first.size()) + " times";
  const std::string more =
      all.size() == 1 ? ""
                      : "; so it is in " + std::to_string(all.size() - 1) +
                            (all.size() == 2 ? " more mapping" : " more mappings") + " of the file";
  Finding& finding = context.report(
      first[1]->key->span,
      quoted("<<") + " stands " + times + " in one mapping: " + std::string(kCompose) +
          " refuses the file; a list merges " + (first.size() == 2 ? "both" : "them all") + more,
      {std::string(first[1]->value->span.text())});
  finding.related.push_back({first.front()->key->span, "the first one is here"});
  for (std::size_t i = 1; i < all.size(); ++i) {
    finding.related.push_back({all[i][1]->key->span, "twice here as well"});
  }
  std::vector<Edit> edits;
  for (const Merges& merges : all) add_edits(merges, edits);
  if (edits.empty()) return;
  finding.fixes.push_back({"Merge them in a list", FixSafety::kUnsafe, std::move(edits)});
}

bool is_read_by_compose(const WorkspaceFacts& facts, const SourceFile& file) {
  return std::any_of(facts.tasks.begin(), facts.tasks.end(), [&](const TaskView& task) {
    const auto& steps = task.timeline->steps;
    return std::any_of(steps.begin(), steps.end(), [&](const Step& step) {
      const Project* project = step.call ? step.call->target.project : nullptr;
      return project != nullptr && reads(*project, &file);
    });
  });
}

// The client took both keys up to its release 27.
void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  for (Finding* finding : findings) {
    const SourceFile& file = *finding->span.file;
    if (!is_deployed_to_swarm(facts, file) || is_read_by_compose(facts, file)) continue;
    const std::size_t at = finding->message.find(kCompose, finding->message.find("mapping: "));
    finding->message.replace(at, kCompose.size(), "`docker stack deploy` from 28.0 on");
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "x-log: &log {logging: {driver: local}}\n"
              "x-up: &up {restart: always}\n"
              "services:\n"
              "  app:\n"
              "    <<: *log\n"
              "    <<: *up\n"
              "    image: example/app:1.4\n",
    .safe = "x-log: &log {logging: {driver: local}}\n"
            "x-up: &up {restart: always}\n"
            "services:\n"
            "  app:\n"
            "    <<: [*log, *up]\n"
            "    image: example/app:1.4\n",
    .is_compose = true,
}};

}  // namespace

COMPOSELINT_RULE(duplicate_merge_key) = {
    .slug = "duplicate-merge-key",
    .since = "0.1.0",
    .severity = {.ops = Severity::kError,
                 .dev = Severity::kError,
                 .ci = Severity::kError,
                 .docs = Severity::kWarning},
    .summary = "A mapping has two merge keys",
    .rationale =
        "`mapping key \"<<\" already defined`, exit code 1 (measured with 2.40.3); docker-compose "
        "1.x and most editors take both, as `docker stack deploy` did before 28.0. `<<: [*a, *b]` "
        "merges both; where they have a key in "
        "common, the one that stands first wins. Reported once a file.",
    .silent_on = "Lists of anchors. Merge keys of different mappings.",
    .examples = kExamples,
    .fix = FixKind::kOffer,
    .on_written = on_written,
    .on_findings = on_findings,
};

}  // namespace composelint::rules

#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/wording.h>
#include <composelint/written_nodes.h>

#include <vector>

namespace composelint::rules {
namespace {

// `<<: *a` and `<<: *b` are `<<: [*a, *b]`.
void add_fix(const std::vector<const yaml::Entry*>& merges, Finding& finding) {
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
  edits.insert(edits.begin(), {merges.front()->value->span, "[" + list + "]"});
  finding.fixes.push_back({"Merge them in a list", FixSafety::kUnsafe, std::move(edits)});
}

void look_at(const yaml::Node& mapping, RuleContext& context) {
  std::vector<const yaml::Entry*> merges;
  for (const yaml::Entry& entry : mapping.entries) {
    if (entry.key->kind == yaml::NodeKind::kScalar && entry.key->text == "<<") {
      merges.push_back(&entry);
    }
  }
  if (merges.size() < 2) return;
  Finding& finding = context.report(
      merges[1]->key->span,
      quoted("<<") + " stands twice in one mapping: Compose refuses the file; a list merges both",
      {std::string(merges[1]->value->span.text())});
  finding.related.push_back({merges.front()->key->span, "the first one is here"});
  add_fix(merges, finding);
}

void on_written(const WrittenFile& file, const Project&, RuleContext& context) {
  for (const yaml::Node* root : file.documents) {
    for_each_node(*root, [&](const yaml::Node& node) { look_at(node, context); });
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
        "1.x and most editors take both. `<<: [*a, *b]` merges both; where they have a key in "
        "common, the one that stands first wins.",
    .silent_on = "Lists of anchors. Merge keys of different mappings.",
    .examples = kExamples,
    .fix = FixKind::kOffer,
    .on_written = on_written,
};

}  // namespace composelint::rules

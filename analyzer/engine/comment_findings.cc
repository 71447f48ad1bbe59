#include "analyzer/engine/comment_findings.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "analyzer/engine/run_order.h"

namespace composelint::engine {

namespace {

bool is_about_comments(std::span<const Rule* const> rules, const std::string& slug) {
  return std::any_of(rules.begin(), rules.end(), [&](const Rule* rule) {
    return rule->slug == slug && rule->on_allowance != nullptr;
  });
}

}  // namespace

void Looked::add(const SourceFile& file, std::span<const Rule* const> rules,
                 std::span<const TaskFacts> tasks) {
  for (const Rule* rule : rules) {
    const bool weighs = std::any_of(tasks.begin(), tasks.end(), [&](const TaskFacts& task) {
      return rule->severity.in(task.context) != Severity::kOff;
    });
    if (weighs) rules_[&file].insert(rule->slug);
  }
  for (const TaskFacts& task : tasks) {
    const std::vector<Branch>& branches = task.timeline->branches;
    // What a function would be called for is up to whoever sources the file.
    if (std::any_of(branches.begin(), branches.end(),
                    [](const Branch& branch) { return branch.kind == BranchKind::kUncalled; })) {
      add_unsure(file);
    }
  }
}

void Looked::add(const Project& project, std::span<const Rule* const> rules) {
  for (const SourceFile* file : project.files) {
    for (const Rule* rule : rules) {
      const bool looks = rule->on_service != nullptr || rule->on_project != nullptr ||
                         rule->on_written != nullptr;
      if (looks && rule->severity.ops != Severity::kOff) rules_[file].insert(rule->slug);
    }
  }
}

bool Looked::has(const SourceFile* file, std::string_view slug) const {
  const auto found = rules_.find(file);
  return found != rules_.end() && found->second.contains(slug) && !unsure_.contains(file);
}

void judge_comments(const RulesOfFile& rules_of, const Looked& looked,
                    std::vector<Allowance>& allowed, Run& run) {
  // What a comment allows of the rules about comments is known only when they have spoken about
  // all others.
  for (const bool about_comments : {false, true}) {
    std::vector<Finding> findings;
    for (Allowance& each : allowed) {
      AllowComment& comment = each.comment;
      const RuleSet& rules = rules_of(comment.span.file);
      if (is_about_comments(rules.looking(), comment.rule) != about_comments) continue;
      comment.judged = about_comments || looked.has(comment.span.file, comment.rule);
      std::vector<Finding> more = rules.about(comment);
      std::move(more.begin(), more.end(), std::back_inserter(findings));
    }
    apply(std::move(findings), allowed, run);
  }
  sort_findings(run.findings);
}

}  // namespace composelint::engine

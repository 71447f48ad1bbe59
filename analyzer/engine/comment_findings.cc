#include "analyzer/engine/comment_findings.h"

#include <composelint/rule_context.h>

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

namespace composelint::engine {

namespace {

std::tuple<std::string_view, std::uint32_t, std::string_view> place(const Finding& finding) {
  const SourceFile* file = finding.span.file;
  return {file == nullptr ? std::string_view() : std::string_view(file->path()), finding.span.begin,
          finding.rule};
}

std::vector<Finding> about(std::span<const Rule* const> rules, const AllowComment& comment) {
  std::vector<Finding> findings;
  for (const Rule* rule : rules) {
    if (rule->on_allowance == nullptr) continue;
    RuleContext facts(*rule, Context::kOps, nullptr, nullptr, findings);
    rule->on_allowance(comment, facts);
  }
  std::erase_if(findings,
                [](const Finding& finding) { return finding.severity == Severity::kOff; });
  return findings;
}

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
      const bool looks = rule->on_service != nullptr || rule->on_project != nullptr;
      if (looks && rule->severity.ops != Severity::kOff) rules_[file].insert(rule->slug);
    }
  }
}

bool Looked::has(const SourceFile* file, std::string_view slug) const {
  const auto found = rules_.find(file);
  return found != rules_.end() && found->second.contains(slug) && !unsure_.contains(file);
}

void judge_comments(std::span<const Rule* const> rules, const Looked& looked,
                    std::vector<Allowance>& allowed, Run& run) {
  // What a comment allows of the rules about comments is known only when they have spoken about
  // all others.
  for (const bool about_comments : {false, true}) {
    std::vector<Finding> findings;
    for (Allowance& each : allowed) {
      AllowComment& comment = each.comment;
      if (is_about_comments(rules, comment.rule) != about_comments) continue;
      comment.judged = about_comments || looked.has(comment.span.file, comment.rule);
      std::vector<Finding> more = about(rules, comment);
      std::move(more.begin(), more.end(), std::back_inserter(findings));
    }
    apply(std::move(findings), allowed, run);
  }
  std::stable_sort(run.findings.begin(), run.findings.end(),
                   [](const Finding& a, const Finding& b) { return place(a) < place(b); });
}

}  // namespace composelint::engine

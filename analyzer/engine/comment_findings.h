// Findings about the comments themselves: those that allow nothing, that have ended, that name no
// rule.
#pragma once

#include <composelint/compose.h>
#include <composelint/rule.h>
#include <composelint/run.h>

#include <functional>
#include <map>
#include <set>
#include <span>
#include <string_view>
#include <vector>

#include "analyzer/engine/evaluate.h"
#include "analyzer/engine/rule_set.h"
#include "analyzer/engine/suppressions.h"

namespace composelint::engine {

// Which rules have looked at which files: only of them a comment can be said to be without use.
class Looked {
 public:
  void add(const SourceFile& file, std::span<const Rule* const> rules,
           std::span<const TaskFacts> tasks);
  void add(const Project& project, std::span<const Rule* const> rules);
  // Parts of the file were not understood: what a comment is for may be there.
  void add_unsure(const SourceFile& file) { unsure_.insert(&file); }

  [[nodiscard]] bool has(const SourceFile* file, std::string_view slug) const;

 private:
  std::map<const SourceFile*, std::set<std::string_view>> rules_;
  std::set<const SourceFile*> unsure_;
};

// The rules that hold in the file of a comment.
using RulesOfFile = std::function<const RuleSet&(const SourceFile*)>;

// To be called when the findings of all other rules have gone through `apply`; what it finds goes
// there as well, and the run is in order again.
void judge_comments(const RulesOfFile& rules_of, const Looked& looked,
                    std::vector<Allowance>& allowed, Run& run);

}  // namespace composelint::engine

// The rules that look at a file, each as grave as the command line and the configuration have it.
#pragma once

#include <composelint/finding.h>
#include <composelint/rule.h>

#include <deque>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/engine/config.h"
#include "analyzer/engine/evaluate.h"

namespace composelint::engine {

// Slugs, or patterns of them with `*`. What is selected takes the place of the presets; a rule
// selected by its full name is run even where the configuration has it off.
struct RuleChoice {
  std::vector<std::string> select;  // empty: all of the presets
  std::vector<std::string> ignore;

  // The command line does not leave the rule out.
  [[nodiscard]] bool allows(std::string_view slug) const;
};

// Keeps references: rules and configuration must outlive it.
class RuleSet {
 public:
  // `base` is the directory that reported paths are relative to.
  RuleSet(std::span<const Rule* const> built_in, const Config& config, const RuleChoice& choice,
          std::string base);

  [[nodiscard]] std::vector<Finding> about(std::span<const TaskFacts> tasks) const;
  [[nodiscard]] std::vector<Finding> about(const Project& project) const;
  [[nodiscard]] std::vector<Finding> about(const WorkspaceFacts& workspace) const;
  [[nodiscard]] std::vector<Finding> about(const AllowComment& comment) const;
  // Lets each rule look again at what it found in the whole run; what it switches off is dropped.
  void look_again(const WorkspaceFacts& workspace, std::vector<Finding>& findings) const;
  // The finding as grave as it is in another context; kOff where it is none there.
  void weigh(Finding& finding, Context context) const;
  // Those that are run, with the severities they have here.
  [[nodiscard]] const std::vector<const Rule*>& looking() const { return looking_; }
  // Whether a finding of the rule may stand on its own; else it is a part of a graver one's.
  [[nodiscard]] bool tells_alone(std::string_view slug) const;
  // Every rule there is, those that are not run as well.
  [[nodiscard]] std::span<const Rule* const> known() const { return known_; }

 private:
  const Rule* take(const Rule& rule);
  template <typename About>
  [[nodiscard]] std::vector<Finding> findings(const About& about) const;
  [[nodiscard]] Severity level(const Rule& rule, Context context) const;
  [[nodiscard]] bool is_wanted(const Rule& rule) const;
  [[nodiscard]] Severity gravest_override(const Rule& rule, Context context) const;
  void settle(std::vector<Finding>& findings) const;
  void settle(Finding& finding) const;

  const Config& config_;
  const RuleChoice& choice_;
  std::string base_;
  std::vector<const Rule*> known_;
  std::deque<Rule> told_;             // those that are run, with the severities they have here
  std::vector<const Rule*> running_;  // into told_, of built-in rules
  std::vector<const Rule*> looking_;  // into told_, all of them
  struct RunningCustom {
    const CustomRule* custom = nullptr;
    const Rule* told = nullptr;  // into told_
  };
  std::vector<RunningCustom> custom_;
  std::map<std::string_view, std::pair<const Rule*, const Rule*>> by_slug_;  // as is, as told
};

// One set for each configuration.
class RuleSets {
 public:
  RuleSets(std::span<const Rule* const> built_in, RuleChoice choice, std::string base)
      : built_in_(built_in), choice_(std::move(choice)), base_(std::move(base)) {}

  [[nodiscard]] const RuleSet& of(const Config& config);
  // Rules of all sets so far, each once, by slug.
  [[nodiscard]] std::vector<const Rule*> known() const;

 private:
  std::span<const Rule* const> built_in_;
  RuleChoice choice_;
  std::string base_;
  std::map<const Config*, std::unique_ptr<RuleSet>> sets_;
};

}  // namespace composelint::engine

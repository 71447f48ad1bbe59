#include "analyzer/engine/rule_set.h"

#include <algorithm>
#include <utility>

#include "analyzer/engine/custom_evaluate.h"
#include "analyzer/engine/custom_rule.h"
#include "analyzer/engine/wildcard.h"
#include "analyzer/text/path.h"

namespace composelint::engine {

namespace {

constexpr Context kContexts[] = {Context::kOps, Context::kDev, Context::kCi, Context::kDocs};

Severity& in(Severities& severities, Context context) {
  switch (context) {
    case Context::kOps: return severities.ops;
    case Context::kDev: return severities.dev;
    case Context::kCi: return severities.ci;
    case Context::kDocs: return severities.docs;
  }
  return severities.ops;
}

bool named(const std::vector<std::string>& slugs, std::string_view slug) {
  return std::find(slugs.begin(), slugs.end(), slug) != slugs.end();
}

const RuleLevel* find(const RuleLevels& levels, std::string_view slug) {
  const auto found = levels.find(slug);
  return found == levels.end() ? nullptr : &found->second;
}

// Whether somebody who writes this wants the rule to be run.
bool asks_for(const RuleLevel& level) {
  return level.on || (level.all && !level.off()) ||
         std::any_of(level.in.begin(), level.in.end(),
                     [](const auto& here) { return here && *here != Severity::kOff; });
}

}  // namespace

bool RuleChoice::allows(std::string_view slug) const {
  const bool selected = select.empty() || any_wildcard_matches(select, slug);
  return selected && !any_wildcard_matches(ignore, slug);
}

RuleSet::RuleSet(std::span<const Rule* const> built_in, const Config& config,
                 const RuleChoice& choice, std::string base)
    : config_(config),
      choice_(choice),
      base_(std::move(base)),
      known_(built_in.begin(), built_in.end()) {
  for (const Rule* rule : built_in) {
    if (const Rule* told = take(*rule)) running_.push_back(told);
  }
  for (const auto& custom : config.custom_rules) {
    known_.push_back(&custom->rule);
    if (const Rule* told = take(custom->rule)) custom_.push_back({custom.get(), told});
  }
}

// The rule as it is here; null where it is not run.
const Rule* RuleSet::take(const Rule& rule) {
  Rule told = rule;
  bool runs = false;
  for (const Context context : kContexts) {
    Severity here = level(rule, context);
    if (here == Severity::kOff) here = gravest_override(rule, context);
    in(told.severity, context) = here;
    runs |= here != Severity::kOff;
  }
  if (!runs) return nullptr;
  const Rule* kept = &told_.emplace_back(told);
  looking_.push_back(kept);
  by_slug_[rule.slug] = {&rule, kept};
  return kept;
}

Severity RuleSet::level(const Rule& rule, Context context) const {
  if (!choice_.allows(rule.slug)) return Severity::kOff;
  const RuleLevel* told = find(config_.rules, rule.slug);
  if (told != nullptr && told->off() && named(choice_.select, rule.slug)) told = nullptr;
  if (told != nullptr) {
    if (const auto here = told->told(rule, context)) return *here;
  }
  // What is expected around a call may be a part of another rule's finding about it.
  const bool runs = is_wanted(rule) || (choice_.select.empty() && rule.applies != nullptr);
  return runs ? rule.severity.in(context) : Severity::kOff;
}

bool RuleSet::is_wanted(const Rule& rule) const {
  const RuleLevel* told = find(config_.rules, rule.slug);
  return any_wildcard_matches(choice_.select, rule.slug) || config_.takes(rule.preset) ||
         (told != nullptr && asks_for(*told));
}

bool RuleSet::tells_alone(std::string_view slug) const {
  const auto known = by_slug_.find(slug);
  if (known == by_slug_.end()) return true;
  const Rule& rule = *known->second.first;
  return rule.applies == nullptr || is_wanted(rule) ||
         std::any_of(config_.overrides.begin(), config_.overrides.end(),
                     [&](const Config::Override& entry) {
                       return find(entry.rules, rule.slug) != nullptr;
                     });
}

// A rule that is off, and is not off in some files, is run; `settle` takes away the other files.
Severity RuleSet::gravest_override(const Rule& rule, Context context) const {
  if (!choice_.allows(rule.slug)) return Severity::kOff;
  Severity gravest = Severity::kOff;
  for (const Config::Override& entry : config_.overrides) {
    const RuleLevel* told = find(entry.rules, rule.slug);
    if (told == nullptr) continue;
    gravest = std::max(gravest, told->on ? rule.severity.in(context)
                                         : told->told(rule, context).value_or(Severity::kOff));
  }
  return gravest;
}

void RuleSet::settle(Finding& finding) const {
  const auto known = by_slug_.find(finding.rule);
  const auto context = context_named(finding.context);
  if (known == by_slug_.end() || !context) return;
  const auto& [rule, told] = known->second;
  const Severity run_as = told->severity.in(*context);
  Severity wanted = level(*rule, *context);
  const std::string path =
      finding.span ? text::join_path(base_, finding.span.file->path()) : std::string();
  for (const Config::Override& entry : config_.overrides) {
    const RuleLevel* here = find(entry.rules, rule->slug);
    if (here == nullptr || !entry.fits(path, finding.key)) continue;
    wanted = here->on ? rule->severity.in(*context) : here->told(*rule, *context).value_or(wanted);
    break;
  }
  // A rule that finds a case less grave than others says so itself.
  finding.severity = finding.severity == run_as ? wanted : std::min(finding.severity, wanted);
}

void RuleSet::weigh(Finding& finding, Context context) const {
  const auto known = by_slug_.find(finding.rule);
  const auto before = context_named(finding.context);
  if (known == by_slug_.end() || !before) return;
  const Severity wanted = known->second.second->severity.in(context);
  const bool as_grave = finding.severity == known->second.second->severity.in(*before);
  finding.severity = as_grave ? wanted : std::min(finding.severity, wanted);
  finding.context = to_string(context);
  settle(finding);
}

void RuleSet::settle(std::vector<Finding>& findings) const {
  if (config_.overrides.empty()) return;
  for (Finding& finding : findings) settle(finding);
  std::erase_if(findings,
                [](const Finding& finding) { return finding.severity == Severity::kOff; });
}

template <typename About>
std::vector<Finding> RuleSet::findings(const About& about) const {
  std::vector<Finding> found = evaluate(running_, about);
  if (!custom_.empty()) {
    for (const RunningCustom& each : custom_) {
      evaluate_custom(*each.custom, *each.told, about, found);
    }
    drop_switched_off_and_repeated(found);
  }
  settle(found);
  return found;
}

std::vector<Finding> RuleSet::about(std::span<const TaskFacts> tasks) const {
  return findings(tasks);
}

std::vector<Finding> RuleSet::about(const Project& project) const {
  return findings(project);
}

std::vector<Finding> RuleSet::about(const WorkspaceFacts& workspace) const {
  std::vector<Finding> found = evaluate(running_, workspace);
  settle(found);
  return found;
}

std::vector<Finding> RuleSet::about(const AllowComment& comment) const {
  std::vector<Finding> found = evaluate(running_, comment);
  settle(found);
  return found;
}

void RuleSet::look_again(const WorkspaceFacts& workspace, std::vector<Finding>& findings) const {
  for (const Rule* rule : known_) {
    if (rule->on_findings == nullptr) continue;
    std::vector<Finding*> own;
    for (Finding& finding : findings) {
      if (finding.rule == rule->slug) own.push_back(&finding);
    }
    if (!own.empty()) rule->on_findings(workspace, own);
  }
  std::erase_if(findings, [](const Finding& each) { return each.severity == Severity::kOff; });
}

const RuleSet& RuleSets::of(const Config& config) {
  std::unique_ptr<RuleSet>& slot = sets_[&config];
  if (slot == nullptr) slot = std::make_unique<RuleSet>(built_in_, config, choice_, base_);
  return *slot;
}

std::vector<const Rule*> RuleSets::known() const {
  std::map<std::string_view, const Rule*> all;
  for (const Rule* rule : built_in_) all.emplace(rule->slug, rule);
  for (const auto& [config, set] : sets_) {
    for (const Rule* rule : set->known()) all.emplace(rule->slug, rule);
  }
  std::vector<const Rule*> out;
  for (const auto& [slug, rule] : all) out.push_back(rule);
  return out;
}

}  // namespace composelint::engine

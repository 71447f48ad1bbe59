#include "analyzer/engine/evaluate.h"

#include <composelint/contains.h>
#include <composelint/evidence.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "analyzer/signs/steps/streams.h"

namespace composelint::engine {

namespace {

// A rule that expects a claim: refuted is a finding, unknown is not.
void expect(const Rule& rule, const Step& step, RuleContext& context) {
  if (!rule.applies(step)) return;
  const Evidence evidence = context.ask({rule.expects.claim, rule.expects.phase, step});
  if (evidence.truth != Truth::kRefuted) return;
  std::string message = rule.expects.message(step);
  if (!evidence.note.empty()) message += "; " + evidence.note;
  std::vector<std::string> key = {step.effect_name};
  if (step.call) {
    const Argument* service = step.call->service();
    key.insert(key.begin(), {step.call->verb, service == nullptr ? "" : service->text});
  }
  Finding& finding = context.report(asked_at(step), std::move(message), std::move(key));
  finding.related = evidence.related;
}

void look_at_step(const Rule& rule, const Step& step, RuleContext& context) {
  if (rule.on_step != nullptr) rule.on_step(step, context);
  if (rule.on_invocation != nullptr && step.call) rule.on_invocation(step, *step.call, context);
  if (rule.applies != nullptr) expect(rule, step, context);
}

// A step of a composite action, seen from the workflow that uses it: the action serves them all,
// and what it is for by its own name is said where it is read on its own.
bool is_of_an_action(const Step& step, const Timeline& timeline) {
  const SourceFile* file = step.span.file;
  if (file == nullptr || file == timeline.file) return false;
  const std::string& path = file->path();
  return path.ends_with("/action.yml") || path.ends_with("/action.yaml");
}

void look_at_task(const Rule& rule, const TaskFacts& task, std::vector<Finding>& findings) {
  RuleContext facts(rule, task.context, task.timeline, task.evidence, findings);
  for (std::size_t i = task.first; i < task.timeline->steps.size(); ++i) {
    const Step& step = task.timeline->steps[i];
    const Context context = context_of(task, step);
    if (rule.severity.in(context) == Severity::kOff) continue;
    if (context == task.context) {
      look_at_step(rule, step, facts);
    } else {
      RuleContext here(rule, context, task.timeline, task.evidence, findings);
      look_at_step(rule, step, here);
    }
  }
}

// What is said once a file weighs as the task in which its place stands.
void weigh_by_task(const Rule& rule, std::span<const TaskFacts> tasks, Finding& finding) {
  std::optional<Context> gravest;
  for (const TaskFacts& task : tasks) {
    for (std::size_t i = task.first; i < task.timeline->steps.size(); ++i) {
      const Step& step = task.timeline->steps[i];
      const bool there = contains(step.span, finding.span) || contains(finding.span, step.span) ||
                         (step.call && contains(step.call->span, finding.span));
      if (!there) continue;
      const Context context = context_of(task, step);
      if (!gravest || rule.severity.in(context) > rule.severity.in(*gravest)) gravest = context;
    }
  }
  if (!gravest || rule.severity.in(*gravest) == Severity::kOff) return;
  finding.severity = rule.severity.in(*gravest);
  finding.context = to_string(*gravest);
}

void look_at_file(const Rule& rule, std::span<const TaskFacts> tasks,
                  std::vector<Finding>& findings) {
  std::vector<const Timeline*> timelines;
  const TaskFacts* gravest = nullptr;
  for (const TaskFacts& task : tasks) {
    const Severity severity = rule.severity.in(task.context);
    if (severity == Severity::kOff) continue;
    timelines.push_back(task.timeline);
    if (gravest == nullptr || severity > rule.severity.in(gravest->context)) gravest = &task;
  }
  if (gravest == nullptr) return;
  RuleContext facts(rule, gravest->context, gravest->timeline, gravest->evidence, findings);
  const auto context_of_step = [&](const Step& step) {
    for (const TaskFacts& task : tasks) {
      const std::vector<Step>& steps = task.timeline->steps;
      if (!steps.empty() && &step >= &steps.front() && &step <= &steps.back()) {
        return context_of(task, step);
      }
    }
    return gravest->context;
  };
  facts.tell_steps_apart(context_of_step);
  const std::size_t before = findings.size();
  rule.on_file(timelines, facts);
  for (std::size_t i = before; i < findings.size(); ++i) weigh_by_task(rule, tasks, findings[i]);
}

}  // namespace

Context context_of(const TaskFacts& task, const Step& step) {
  if (is_of_an_action(step, *task.timeline)) return Context::kCi;
  const auto at = static_cast<std::size_t>(&step - task.timeline->steps.data());
  const bool less = task.context == Context::kOps && at < task.less.size() && task.less[at];
  return less ? *task.less[at] : task.context;
}

void drop_switched_off_and_repeated(std::vector<Finding>& findings) {
  std::map<std::tuple<std::string, const SourceFile*, std::uint32_t, std::uint32_t>, Finding*> seen;
  for (Finding& finding : findings) {
    const Span span = finding.span;
    Finding*& first =
        seen.emplace(std::tuple(finding.rule, span.file, span.begin, span.end), &finding)
            .first->second;
    if (first == &finding) continue;
    const bool nearer = finding.context == "ops" && first->context != "ops";
    if (finding.severity > first->severity || (finding.severity == first->severity && nearer)) {
      std::swap(finding, *first);
    }
    finding.severity = Severity::kOff;
  }
  std::erase_if(findings,
                [](const Finding& finding) { return finding.severity == Severity::kOff; });
}

std::vector<Finding> evaluate(std::span<const Rule* const> rules,
                              std::span<const TaskFacts> tasks) {
  std::vector<Finding> findings;
  for (const Rule* rule : rules) {
    for (const TaskFacts& task : tasks) look_at_task(*rule, task, findings);
    if (rule->on_file != nullptr) look_at_file(*rule, tasks, findings);
  }
  drop_switched_off_and_repeated(findings);
  return findings;
}

std::vector<Finding> evaluate(std::span<const Rule* const> rules, const Project& project) {
  std::vector<Finding> findings;
  for (const Rule* rule : rules) {
    RuleContext facts(*rule, Context::kOps, nullptr, nullptr, findings);
    if (rule->on_project != nullptr) rule->on_project(project, facts);
    if (rule->on_written != nullptr) {
      for (const WrittenFile& file : project.written) rule->on_written(file, project, facts);
    }
    if (rule->on_service == nullptr) continue;
    for (const Service& service : project.services) rule->on_service(service, project, facts);
  }
  drop_switched_off_and_repeated(findings);
  return findings;
}

std::vector<Finding> evaluate(std::span<const Rule* const> rules, const WorkspaceFacts& workspace) {
  std::vector<Finding> findings;
  for (const Rule* rule : rules) {
    if (rule->on_workspace == nullptr) continue;
    RuleContext facts(*rule, Context::kOps, nullptr, nullptr, findings);
    rule->on_workspace(workspace, facts);
  }
  drop_switched_off_and_repeated(findings);
  return findings;
}

std::vector<Finding> evaluate(std::span<const Rule* const> rules, const AllowComment& comment) {
  std::vector<Finding> findings;
  for (const Rule* rule : rules) {
    if (rule->on_allowance == nullptr) continue;
    RuleContext facts(*rule, Context::kOps, nullptr, nullptr, findings);
    rule->on_allowance(comment, facts);
  }
  drop_switched_off_and_repeated(findings);
  return findings;
}

}  // namespace composelint::engine

#include "analyzer/engine/evaluate.h"

#include <composelint/rule_context.h>
#include <composelint/streams.h>

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>

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
  if (rule.severity.in(task.context) == Severity::kOff) return;
  RuleContext facts(rule, task.context, task.timeline, task.evidence, findings);
  RuleContext shared(rule, Context::kCi, task.timeline, task.evidence, findings);
  const bool off = rule.severity.in(Context::kCi) == Severity::kOff;
  for (const Step& step : task.timeline->steps) {
    const bool action = is_of_an_action(step, *task.timeline);
    if (action && off) continue;
    look_at_step(rule, step, action ? shared : facts);
  }
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
  rule.on_file(timelines, facts);
}

}  // namespace

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

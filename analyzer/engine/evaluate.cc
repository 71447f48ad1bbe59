#include "analyzer/engine/evaluate.h"

#include <composelint/rule_context.h>

#include <algorithm>
#include <set>
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
  Span span = step.span;
  if (step.call) {
    span = step.call->span;
    const Argument* service = step.call->service();
    key.insert(key.begin(), {step.call->verb, service == nullptr ? "" : service->text});
  }
  Finding& finding = context.report(span, std::move(message), std::move(key));
  finding.related = evidence.related;
}

void look_at_step(const Rule& rule, const Step& step, RuleContext& context) {
  if (rule.on_step != nullptr) rule.on_step(step, context);
  if (rule.on_invocation != nullptr && step.call) rule.on_invocation(step, *step.call, context);
  if (rule.applies != nullptr) expect(rule, step, context);
}

void drop_switched_off_and_repeated(std::vector<Finding>& findings) {
  std::set<std::tuple<std::string, const SourceFile*, std::uint32_t, std::uint32_t>> seen;
  std::erase_if(findings, [&](const Finding& finding) {
    const Span span = finding.span;
    return finding.severity == Severity::kOff ||
           !seen.emplace(finding.rule, span.file, span.begin, span.end).second;
  });
}

}  // namespace

std::vector<Finding> evaluate(std::span<const Rule* const> rules, const Timeline& timeline,
                              Context context, const EvidenceSource& evidence) {
  std::vector<Finding> findings;
  for (const Rule* rule : rules) {
    if (rule->severity.in(context) == Severity::kOff) continue;
    RuleContext facts(*rule, context, &timeline, &evidence, findings);
    for (const Step& step : timeline.steps) look_at_step(*rule, step, facts);
    if (rule->on_script != nullptr) rule->on_script(timeline, facts);
  }
  drop_switched_off_and_repeated(findings);
  return findings;
}

std::vector<Finding> evaluate(std::span<const Rule* const> rules, const Project& project) {
  std::vector<Finding> findings;
  for (const Rule* rule : rules) {
    RuleContext facts(*rule, Context::kOps, nullptr, nullptr, findings);
    if (rule->on_project != nullptr) rule->on_project(project, facts);
    if (rule->on_service == nullptr) continue;
    for (const Service& service : project.services) rule->on_service(service, project, facts);
  }
  drop_switched_off_and_repeated(findings);
  return findings;
}

}  // namespace composelint::engine

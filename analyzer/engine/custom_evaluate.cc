#include "analyzer/engine/custom_evaluate.h"

#include <composelint/evidence.h>
#include <composelint/rule_context.h>

#include <cstddef>
#include <string>
#include <utility>

#include "analyzer/engine/custom_match.h"
#include "analyzer/engine/custom_message.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::engine {

namespace {

std::vector<std::string> key_of(const Step& step) {
  if (step.call) return composelint::key_of(*step.call);
  return {std::string(program_name(step)), step.effect_name};
}

void look_at(const CustomRule& custom, const CustomSubject& subject, RuleContext& context) {
  if (!fires(custom, subject)) return;
  const Step& step = *subject.step;
  const Evidence evidence = evidence_for(custom, subject);
  std::string message = message_for(custom.message, subject);
  if (!evidence.note.empty()) message += "; " + evidence.note;
  Finding& finding =
      context.report(step.call ? step.call->span : step.span, std::move(message), key_of(step));
  finding.related = evidence.related;
}

}  // namespace

void evaluate_custom(const CustomRule& custom, const Rule& told, std::span<const TaskFacts> tasks,
                     std::vector<Finding>& findings) {
  if (custom.on_services) return;
  for (const TaskFacts& task : tasks) {
    if (told.severity.in(task.context) == Severity::kOff) continue;
    RuleContext context(told, task.context, task.timeline, task.evidence, findings);
    CustomSubject subject{task.context, task.timeline, nullptr, task.evidence};
    for (std::size_t i = task.first; i < task.timeline->steps.size(); ++i) {
      const Step& step = task.timeline->steps[i];
      subject.step = &step;
      look_at(custom, subject, context);
    }
  }
}

void evaluate_custom(const CustomRule& custom, const Rule& told, const Project& project,
                     std::vector<Finding>& findings) {
  if (!custom.on_services) return;
  RuleContext context(told, Context::kOps, nullptr, nullptr, findings);
  for (const Service& service : project.services) {
    CustomSubject subject;
    subject.project = &project;
    subject.service = &service;
    if (!fires(custom, subject)) continue;
    context.report(service.span, message_for(custom.message, subject), {service.name});
  }
}

}  // namespace composelint::engine

#include "analyzer/signs/steps/asked_by_callers.h"

#include <composelint/contains.h>

#include "analyzer/signs/steps/sequence.h"

namespace composelint {

bool is_asked_by_callers(const WorkspaceFacts& facts, const Finding& finding) {
  bool called = false;
  for (const TaskView& task : facts.tasks) {
    if (task.timeline->file == finding.span.file) continue;
    for (const Step& step : task.timeline->steps) {
      if (!step.docker && !step.call) continue;
      if (step.span.file != finding.span.file || !contains(step.span, finding.span)) continue;
      if (!asked_before(*task.timeline, step)) return false;
      called = true;
    }
  }
  return called;
}

}  // namespace composelint

#include "analyzer/signs/reports/read_twice.h"

#include <composelint/compose.h>
#include <composelint/invocation.h>

#include <algorithm>
#include <string>

namespace composelint {

namespace {

bool refuses_there(const Project& project, Span place) {
  return std::any_of(
      project.problems.begin(), project.problems.end(),
      [&](const ProjectProblem& problem) { return problem.refused && problem.span == place; });
}

}  // namespace

void point_to_second_reading(const WorkspaceFacts& facts, Finding& finding) {
  if (!finding.span || finding.message.find(" twice, at ") == std::string::npos) return;
  const bool by_itself =
      std::any_of(facts.projects.begin(), facts.projects.end(), [&](const Project* project) {
        return project->files.size() == 1 && project->files.front() == finding.span.file &&
               refuses_there(*project, finding.span);
      });
  if (by_itself) return;
  for (const TaskView& task : facts.tasks) {
    for (const Step& step : task.timeline->steps) {
      const Project* project = step.call ? step.call->target.project : nullptr;
      if (project == nullptr || project->files.size() < 2) continue;
      const bool named = std::find(project->files.begin(), project->files.end(),
                                   finding.span.file) != project->files.end();
      if (!named || !refuses_there(*project, finding.span)) continue;
      // The other one is known: the call lays both over each other.
      if (finding.message.find("; one of them is in ") != std::string::npos) {
        finding.related.push_back({step.call->span, "both are read here"});
        return;
      }
      finding.message += "; the file is included by another of the call and named as well";
      finding.related.push_back({step.call->span, "read twice here"});
      return;
    }
  }
}

}  // namespace composelint

#include "analyzer/signs/stacks/without_volumes.h"

#include <algorithm>

namespace composelint {

bool is_of_no_volume(const WorkspaceFacts& facts, const Finding& finding) {
  if (finding.key.front() != "down" || !finding.related.empty()) return false;
  return !facts.projects.empty() &&
         std::none_of(facts.projects.begin(), facts.projects.end(), [](const Project* project) {
           return project->partial ||
                  std::any_of(project->volumes.begin(), project->volumes.end(),
                              [](const Volume& volume) { return !volume.external; });
         });
}

}  // namespace composelint

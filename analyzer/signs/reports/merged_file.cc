#include "analyzer/signs/reports/merged_file.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace composelint {

const Project* merged_for(const WorkspaceFacts& facts, const SourceFile* file,
                          const ComposeInvocation& call) {
  static constexpr std::array<std::string_view, 4> kNames = {
      "compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"};
  if (call.global_option("--file") != nullptr) return nullptr;
  for (const TaskView& task : facts.tasks) {
    for (const Step& step : task.timeline->steps) {
      if (step.span.file != file || !step.call || !step.call->is("config")) continue;
      if (step.out.kind != StreamKind::kFile || step.call->target.project == nullptr) continue;
      if (std::find(kNames.begin(), kNames.end(), step.out.target.text) == kNames.end()) continue;
      return step.call->target.project;
    }
  }
  return nullptr;
}

}  // namespace composelint

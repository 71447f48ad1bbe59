// Compose files that a script or a target writes: `config > docker-compose.yml`.
#pragma once

#include <composelint/rule.h>
#include <composelint/sequence.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace composelint {

// The project that is merged into the file which `call` finds by default; null: no such line in
// `file`, or what it merges is not known.
[[nodiscard]] inline const Project* merged_for(const WorkspaceFacts& facts, const SourceFile* file,
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

#include "analyzer/engine/covered_places.h"

namespace composelint::engine {

void CoveredPlaces::add(const Timeline& timeline, const ContextCue& cue) {
  for (const Step& step : timeline.steps) {
    if (step.span.file != &file_) continue;
    begins_.insert(step.span.begin);
    if (cue.context == Context::kOps) of_operations_.insert(step.span.begin);
  }
}

bool CoveredPlaces::holds(const hosts::Task& task, const std::set<std::uint32_t>& begins) const {
  for (auto block = task.blocks.rbegin(); block != task.blocks.rend(); ++block) {
    const Script& script = (*block)->script;
    if (script.commands.empty()) continue;
    if (script.file != &file_) return false;
    const auto first = begins.lower_bound(script.span.begin);
    return first != begins.end() && *first < script.span.end;
  }
  return true;  // nothing to see
}

}  // namespace composelint::engine

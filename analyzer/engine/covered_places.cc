#include "analyzer/engine/covered_places.h"

namespace composelint::engine {

void CoveredPlaces::add(const Timeline& timeline) {
  for (const Step& step : timeline.steps) {
    if (step.span.file == &file_) begins_.insert(step.span.begin);
  }
}

bool CoveredPlaces::holds(const hosts::Task& task) const {
  for (auto block = task.blocks.rbegin(); block != task.blocks.rend(); ++block) {
    const Script& script = (*block)->script;
    if (script.commands.empty()) continue;
    if (script.file != &file_) return false;
    const auto first = begins_.lower_bound(script.span.begin);
    return first != begins_.end() && *first < script.span.end;
  }
  return true;  // nothing to see
}

}  // namespace composelint::engine

// What rules get of a task that has been walked through.
#pragma once

#include <composelint/run.h>

#include <string>
#include <utility>

#include "analyzer/engine/context.h"
#include "analyzer/engine/evaluate.h"
#include "analyzer/engine/workspace.h"

namespace composelint::engine {

[[nodiscard]] TaskFacts task_facts(const ScriptFacts& facts, const hosts::Task& task,
                                   const EvidenceSource& evidence);

// The parts of the file that could not be read. A page need not be complete, and where nothing
// speaks of docker nothing is lost to the rules.
void tell_troubles(const hosts::HostFile& file, Run& run);

// A context that people have told.
[[nodiscard]] inline ContextCue given(Context context, std::string cue) {
  return {context, std::move(cue), false, true};
}

}  // namespace composelint::engine

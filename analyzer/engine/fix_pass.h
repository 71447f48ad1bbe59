// Which fixes of a run are made at once.
#pragma once

#include <composelint/run.h>

#include <cstddef>
#include <functional>
#include <map>
#include <vector>

namespace composelint::engine {

struct FixPass {
  std::map<const SourceFile*, std::vector<Edit>> edits;  // they do not touch each other
  // For each finding whose fix is among them: the files that it changes.
  std::vector<std::vector<const SourceFile*>> findings;
};

// The first fix of every finding that is safe enough. Where two would touch each other the first
// in the order of the run is made; the other one is for the next run. `allowed` says which files
// may be changed.
[[nodiscard]] FixPass choose_fixes(const Run& run, FixSafety most,
                                   const std::function<bool(const SourceFile&)>& allowed);

}  // namespace composelint::engine

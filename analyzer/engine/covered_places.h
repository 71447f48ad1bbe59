// Which shells of a file have been walked through, be it by another task of the same file.
#pragma once

#include <composelint/source.h>
#include <composelint/timeline.h>

#include <cstdint>
#include <set>

#include "analyzer/engine/context.h"
#include "analyzer/hosts/host_file.h"

namespace composelint::engine {

class CoveredPlaces {
 public:
  explicit CoveredPlaces(const SourceFile& file) : file_(file) {}

  void add(const Timeline& timeline, const ContextCue& cue);
  // A step of the task's last shell that has any commands was met.
  [[nodiscard]] bool holds(const hosts::Task& task) const { return holds(task, begins_); }
  // … on the way through a task of operations.
  [[nodiscard]] bool holds_in_operations(const hosts::Task& task) const {
    return holds(task, of_operations_);
  }

 private:
  [[nodiscard]] bool holds(const hosts::Task& task, const std::set<std::uint32_t>& begins) const;

  const SourceFile& file_;
  std::set<std::uint32_t> begins_, of_operations_;
};

// Its own name says that it acts on what is in use.
[[nodiscard]] inline bool is_operators_own(const ContextCue& cue) {
  return cue.context == Context::kOps && !cue.by_default;
}

}  // namespace composelint::engine

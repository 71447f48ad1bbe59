// Which shells of a file have been walked through, be it by another task of the same file.
#pragma once

#include <composelint/source.h>
#include <composelint/timeline.h>

#include <cstdint>
#include <set>

#include "analyzer/hosts/host_file.h"

namespace composelint::engine {

class CoveredPlaces {
 public:
  explicit CoveredPlaces(const SourceFile& file) : file_(file) {}

  void add(const Timeline& timeline);
  // A step of the task's last shell that has any commands was met.
  [[nodiscard]] bool holds(const hosts::Task& task) const;

 private:
  const SourceFile& file_;
  std::set<std::uint32_t> begins_;
};

}  // namespace composelint::engine

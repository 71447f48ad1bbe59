// Lines of a file.
#pragma once

#include <cstdint>

namespace composelint::engine {

// Lines of one file, 1-based, both ends included.
struct LineRange {
  std::uint32_t first = 1;
  std::uint32_t last = 0;

  [[nodiscard]] bool holds(std::uint32_t line) const { return first <= line && line <= last; }
};

}  // namespace composelint::engine

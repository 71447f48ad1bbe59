// What the beginning and the end of a dump tell of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "guard/answer.h"

namespace composelint::guard {

// How much of either end is looked at.
inline constexpr std::size_t kDumpEnd = 8192;

struct DumpEnds {
  std::string head;        // the first bytes, at most kDumpEnd
  std::string tail;        // the last ones
  std::uint64_t size = 0;  // of all
};

struct DumpVerdict {
  Truth truth = Truth::kUnknown;
  std::string note{};  // what follows the name of the file: "is empty"
  std::string remedy{};
};

// `made_by`: the program that wrote it, where that is known.
[[nodiscard]] DumpVerdict judge_ends(const DumpEnds& ends, std::string_view made_by);

}  // namespace composelint::guard

// The source under a finding: the line with its marks, and the lines as a fix leaves them.
#pragma once

#include <composelint/fix.h>
#include <composelint/source.h>

#include <cstdint>
#include <string>
#include <vector>

#include "analyzer/report/display.h"

namespace composelint::report {

// The first line of `span`, marked as far as the span reaches into it.
[[nodiscard]] MarkedLine excerpt(const Span& span, char mark, std::size_t columns);

// A line as a fix leaves it. `number` is where it stood before; 0 for a line that the fix adds.
struct FixedLine {
  std::uint32_t number = 0;
  MarkedLine line;
};

// The lines that `fix` touches, what is new marked with '+'; no more than a glance takes in. Empty
// for edits in several files or that do not fit.
[[nodiscard]] std::vector<FixedLine> fixed_lines(const Fix& fix, std::size_t columns);

}  // namespace composelint::report

// The source under a finding: the line with its marks, and the lines as a fix leaves them.
#pragma once

#include <composelint/fix.h>
#include <composelint/source.h>

#include <optional>
#include <string>
#include <vector>

#include "analyzer/report/display.h"

namespace composelint::report {

// The first line of `span`, marked as far as the span reaches into it.
[[nodiscard]] MarkedLine excerpt(const Span& span, char mark, std::size_t columns);

// The lines that `fix` touches, as they would read after it, what is new marked with '+'. Empty
// where that would be more than a glance: many lines, several files, edits that do not fit.
[[nodiscard]] std::vector<MarkedLine> fixed_lines(const Fix& fix, std::size_t columns);

}  // namespace composelint::report

// Source text on a terminal: safe to print, and with known columns.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace composelint::report {

// `text` with everything replaced that could move the cursor, reorder or hide text: control
// characters, bidirectional overrides, invisible characters, bytes that are no UTF-8. The
// replacements are ASCII: \x1b, <U+202E>.
[[nodiscard]] std::string printable(std::string_view text);

// Columns that `text` takes on a terminal after `printable`.
[[nodiscard]] std::size_t display_width(std::string_view text);

// A range of bytes in a line that a mark goes under.
using Mark = std::pair<std::size_t, std::size_t>;

// A line as it is printed, with the line of marks below it (no blanks at its end).
struct MarkedLine {
  std::string text;
  std::string marks;
};

// Tabs are expanded. A line wider than `columns` is cut around its first mark, with "…" where
// something is missing. An empty range still gets one mark.
[[nodiscard]] MarkedLine mark_line(std::string_view line, const std::vector<Mark>& marks, char mark,
                                   std::size_t columns);

}  // namespace composelint::report

// Markdown prose for a terminal.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace composelint::report {

// Fills paragraphs and list items up to `columns`, `indent` blanks before each line. Code, indented
// by four or fenced, keeps its lines; its fences go. Ends in a newline unless empty.
[[nodiscard]] std::string wrap(std::string_view markdown, std::size_t indent, std::size_t columns);

}  // namespace composelint::report

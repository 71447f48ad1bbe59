// Lines of a YAML file: what of them is blank, a comment, an entry that was commented out.
#pragma once

#include <cstddef>
#include <string_view>

namespace composelint {

struct TextLine {
  std::size_t begin = 0;
  std::size_t end = 0;                          // without its line break
  std::size_t next = 0;                         // where the next one begins
  std::size_t column = std::string_view::npos;  // of the first byte that is no blank; npos: none
  bool comment = false;
};

[[nodiscard]] TextLine line_at(std::string_view bytes, std::size_t at);

// An entry or an item that was commented out and may belong to what stands above it as well as to
// what stands below: `# - x`, `#key: x`, `# KEY=x`. Not `# Note: x`.
[[nodiscard]] bool is_commented_out(std::string_view bytes, const TextLine& line);

// A line of nothing but blanks, in the blank lines from `at` on.
[[nodiscard]] bool blanks_follow(std::string_view bytes, std::size_t at);

}  // namespace composelint

// The parts of a YAML collection in block style as text: whole lines, with the comments above and
// behind them.
#pragma once

#include <composelint/document.h>

#include <cstddef>
#include <optional>
#include <vector>

namespace composelint {

// Whose comments those right above the first part are: its own, or nobody knows.
enum class HeadComments { kOfTheFirst, kOfTheWhole };

struct BlockPart {
  std::size_t begin = 0;  // of its first line, or of the comments above
  std::size_t line = 0;   // of its first line
  std::size_t end = 0;    // of its last line, without the line break
};

// Nothing where the parts are no lines of their own, or nobody knows to which of them a comment or
// the blanks behind a block scalar belong. A comment right above the first one, where it may be the
// file's, leaves it open as well.
[[nodiscard]] std::optional<std::vector<BlockPart>> block_parts(
    const yaml::Node& collection, HeadComments head = HeadComments::kOfTheFirst);

}  // namespace composelint

// Comments over a part of a YAML collection that are about those below it, too.
#pragma once

#include <composelint/block_parts.h>

#include <cstddef>
#include <string_view>
#include <vector>

namespace composelint {

// A comment may head several parts: `# --- Databases ---` does wherever it stands; in a list of
// plain names any one does that more than one name follows.
enum class Headings { kDrawn, kAny };

namespace detail {

// `# ----`, `# === Databases ===`, `#### Databases`; `# external services` says it in words.
[[nodiscard]] inline bool is_drawn(std::string_view comment) {
  for (const std::string_view stroke :
       {"---", "===", "###", "***", "~~~", "+++", "___", "─", "═"}) {
    if (comment.find(stroke) != std::string_view::npos) return true;
  }
  comment = comment.substr(0, comment.find_last_not_of(" \t\r\n:.") + 1);  // npos + 1 is 0
  for (const std::string_view several :
       {" services", " Services", " containers", " databases", " dependencies", " apps"}) {
    if (comment.ends_with(several)) return true;
  }
  return false;
}

// Some comment of the parts heads more than the one below it.
[[nodiscard]] inline bool heads_several(std::string_view bytes, const std::vector<BlockPart>& parts,
                                        Headings headings) {
  const auto comment_of = [&](const BlockPart& part) {
    return bytes.substr(part.begin, part.line - part.begin);
  };
  for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
    const std::string_view comment = comment_of(parts[i]);
    if (comment.empty() || !comment_of(parts[i + 1]).empty()) continue;
    if (headings == Headings::kAny || is_drawn(comment)) return true;
  }
  return false;
}

}  // namespace detail

}  // namespace composelint

#include "analyzer/signs/words/heading_comment.h"

#include <cstddef>
#include <string_view>
#include <vector>

namespace composelint {

namespace {

// `# ----`, `# === Databases ===`, `#### Databases`; `# external services` says it in words.
bool is_drawn(std::string_view comment) {
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

}  // namespace

bool heads_several(std::string_view bytes, const std::vector<BlockPart>& parts, Headings headings) {
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

}  // namespace composelint

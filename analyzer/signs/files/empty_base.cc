#include "analyzer/signs/files/empty_base.h"

#include <cstdint>
#include <string_view>

#include "analyzer/signs/words/accepted.h"

namespace composelint {

bool is_an_empty_base(const Project& project) {
  if (project.files.size() != 1 || !project.services.empty()) return false;
  const SourceFile& file = *project.files.front();
  for (std::uint32_t line = 1; line <= file.line_count(); ++line) {
    const std::string_view text = file.line_text(line);
    if (is_only_comment(text) && text.find("/issues/") != text.npos) return true;
  }
  return false;
}

}  // namespace composelint

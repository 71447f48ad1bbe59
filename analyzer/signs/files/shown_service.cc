#include "analyzer/signs/files/shown_service.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace composelint {

bool is_shown_on(const SourceFile& page, std::string_view service) {
  for (std::uint32_t line = 1; line <= page.line_count(); ++line) {
    std::string_view text = page.line_text(line);
    text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
    if (!text.starts_with(service) || !text.substr(service.size()).starts_with(':')) continue;
    if (text.find_first_not_of(" \t\r", service.size() + 1) == std::string_view::npos) return true;
  }
  return false;
}

}  // namespace composelint

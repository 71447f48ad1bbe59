#include <algorithm>

#include "analyzer/signs/data/data_task.h"
#include "guard/lost_statements.h"

namespace composelint::guard {

bool names_what_is_scratch(std::string_view name) {
  if (name.find("restore_check") != std::string_view::npos) return true;
  for (std::size_t at = 0; at < name.size();) {
    const std::size_t end = std::min(name.find('.', at), name.size());
    std::string_view part = name.substr(at, end - at);
    if (part.starts_with("tmp_") || part.starts_with("scratch_")) return true;
    while (part.size() > 1 && part.find_last_of("0123456789_-") == part.size() - 1) {
      part.remove_suffix(1);
    }
    const std::size_t last = part.find_last_of("_-");
    if (says_scratch(last == std::string_view::npos ? part : part.substr(last + 1))) return true;
    at = end + 1;
  }
  return false;
}

}  // namespace composelint::guard

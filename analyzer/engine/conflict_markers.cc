#include "analyzer/engine/conflict_markers.h"

#include <cstdint>
#include <string_view>

namespace composelint::engine {

Span conflict_in(const SourceFile& script) {
  Span first;
  bool divided = false;
  for (std::uint32_t number = 1; number <= script.line_count(); ++number) {
    const std::string_view line = script.line_text(number);
    if (!first) {
      const std::uint32_t begin = script.line_begin(number);
      if (line.starts_with("<<<<<<< ")) first = {&script, begin, begin + 7};
    } else if (!divided) {
      divided = line == "=======" || line == "=======\r";
    } else if (line.starts_with(">>>>>>> ")) {
      return first;
    }
  }
  return {};
}

}  // namespace composelint::engine

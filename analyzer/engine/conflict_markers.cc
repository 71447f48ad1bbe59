#include "analyzer/engine/conflict_markers.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace composelint::engine {

namespace {

bool is_unread(const Script& script, std::uint32_t place) {
  return std::any_of(script.unparsed.begin(), script.unparsed.end(), [&](const Span& region) {
    return region.begin <= place && place < region.end;
  });
}

}  // namespace

Span conflict_in(const Script& script) {
  const SourceFile& file = *script.file;
  Span first;
  bool divided = false;
  for (std::uint32_t number = 1; number <= file.line_count(); ++number) {
    const std::string_view line = file.line_text(number);
    if (!first) {
      const std::uint32_t begin = file.line_begin(number);
      if (line.starts_with("<<<<<<< ") && is_unread(script, begin)) {
        first = {&file, begin, begin + 7};
      }
    } else if (!divided) {
      divided = line == "=======" || line == "=======\r";
    } else if (line.starts_with(">>>>>>> ")) {
      return first;
    }
  }
  return {};
}

}  // namespace composelint::engine

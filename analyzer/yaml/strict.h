// Where Compose's parser refuses what the library accepts. Each function finds the offending byte.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "analyzer/yaml/source_text.h"

namespace composelint::yaml {

// What ended where a gap between two tokens of block style begins.
struct GapStart {
  std::size_t at = 0;
  bool line_start = false;  // nothing of the line was read: the start of the file
  // Behind a plain scalar: the column its further lines would need, which a tab may stand past; -1
  // elsewhere.
  int plain_column = -1;
};

// A tab that indents, or follows '-' or '?', between `start` and `end`.
[[nodiscard]] std::optional<std::size_t> stray_tab(const SourceText& source, const GapStart& start,
                                                   std::size_t end);
// `\/` between double quotes, which only JSON knows.
[[nodiscard]] std::optional<std::size_t> slash_escape(const SourceText& source, std::size_t begin,
                                                      std::size_t end);
// Names of anchors: ASCII letters, digits, '_' and '-'.
[[nodiscard]] bool is_anchor_name(std::string_view name);
// Whether a property may end before the byte at `end`; `first` is its '!', '&' or '*'.
[[nodiscard]] bool is_property_end(const SourceText& source, char first, std::size_t end);
// Whether the key that starts at `begin` was announced by '?' and so needs no ':'.
[[nodiscard]] bool is_explicit_key(const SourceText& source, std::size_t begin);

}  // namespace composelint::yaml

// JSON that the YAML reader does not take: it has characters of two escapes (surrogates).
#pragma once

#include <string_view>
#include <vector>

#include "analyzer/hosts/yaml_text.h"

namespace composelint::hosts {

struct JsonEntry {
  HostText key;
  Span key_span;  // with the quotes
  HostText value;
};

// The members that are strings of the object `name` at the top of the file, in order. Empty where
// the file is no JSON up to there.
[[nodiscard]] std::vector<JsonEntry> strings_of(const SourceFile& file, std::string_view name);

}  // namespace composelint::hosts

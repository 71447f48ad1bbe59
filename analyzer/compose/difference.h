// Two resolved projects side by side.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analyzer/compose/value.h"

namespace composelint::compose {

struct Difference {
  std::string path;
  std::optional<Value> before;  // nothing: added
  std::optional<Value> after;   // nothing: removed
};

// In the order of paths. Lists are compared item by item.
[[nodiscard]] std::vector<Difference> differences(const Value& before, const Value& after);

// Whether a value at `path` is likely to be a secret: by the name of its last key, or by a password
// inside of a URL.
[[nodiscard]] bool looks_secret(const std::string& path, const Value& value);
// The value for people; secrets show as "***".
[[nodiscard]] std::string shown_value(const std::string& path, const Value& value);

}  // namespace composelint::compose

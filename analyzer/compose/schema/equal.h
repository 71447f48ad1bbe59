// Equality of values as JSON knows it, for lists without doubles.
#pragma once

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "analyzer/compose/value.h"

namespace composelint::compose::schema {

// Indexes of the first two items that are equal, places aside; 1 equals 1.0, and "1" neither. What
// is not known equals nothing.
[[nodiscard]] std::optional<std::pair<std::size_t, std::size_t>> first_doubles(
    const std::vector<Value>& items);

}  // namespace composelint::compose::schema

// A model as `docker compose config` writes it.
#pragma once

#include <string>

#include "analyzer/compose/value.h"

namespace composelint::compose {

// Block style, two columns a level, strings quoted only where they have to be.
[[nodiscard]] std::string print_yaml(const Value& model, bool escape_dollars);

}  // namespace composelint::compose

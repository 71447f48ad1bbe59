// A model as `docker compose config --format json` writes it.
#pragma once

#include <composelint/result.h>

#include <cstddef>
#include <string>

#include "analyzer/compose/value.h"

namespace composelint::compose {

// With `escape_dollars`, every '$' is doubled, as Compose does so that its output can be read back.
// Fails with kUnsupported where Compose's own encoder does.
[[nodiscard]] Result<std::string> print_json(const Value& model, bool escape_dollars,
                                             std::size_t indent = 2);
// The same without white space and with '$' as it is: what hashes are made of.
[[nodiscard]] Result<std::string> print_compact_json(const Value& model);

}  // namespace composelint::compose

// What the comments at the heads of two compose files beside each other say of their tasks.
#pragma once

#include <composelint/source.h>

namespace composelint {

// "For production: docker compose -f compose.prod.yaml up -d", at the head of another one.
[[nodiscard]] bool sends_production_to(const SourceFile& file, const SourceFile& other);

// "Stands alone, as the base file is a development stack", at the head of what is for production.
[[nodiscard]] bool is_called_development_by(const SourceFile& file, const SourceFile& other);

}  // namespace composelint

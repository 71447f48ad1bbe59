// The comments of YAML, which the parser drops.
#pragma once

#include <composelint/shell.h>
#include <composelint/source.h>

#include <vector>

namespace composelint::yaml {

// Told from '#' in quoted and in block scalars. Works on broken YAML too, as far as its lines make
// sense.
[[nodiscard]] std::vector<Comment> comments(const SourceFile& file);

}  // namespace composelint::yaml

// Relative paths of a file seen from the directory they start at.
#pragma once

#include <composelint/result.h>

#include <string>
#include <string_view>

#include "analyzer/compose/load.h"
#include "analyzer/compose/value.h"

namespace composelint::compose {

// `base` may itself be relative: paths of included and extended files become relative to the
// project directory first.
[[nodiscard]] MaybeFailure resolve_paths(Value& tree, const std::string& base, Load& load);

// `path` as filepath.Rel would lead from `base` to it; both absolute.
[[nodiscard]] std::string relative_path(std::string_view base, std::string_view path);

// True for what Compose fetches with git or from a registry instead of opening it.
[[nodiscard]] bool is_remote_resource(std::string_view path);

}  // namespace composelint::compose

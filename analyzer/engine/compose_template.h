// Compose files that something has yet to fill in.
#pragma once

#include <composelint/run.h>
#include <composelint/source.h>

#include <string>
#include <string_view>

#include "analyzer/engine/workspace.h"

namespace composelint::engine {

// Keys of services stand for something else (`{{ name }}:`, `${NAME}:`), or the file is no YAML yet
// and has marks of a template, is named as one, lies among templates or is `rendered`.
[[nodiscard]] bool is_compose_template(const SourceFile& file, std::string_view path,
                                       bool rendered);

// Whether the file is one; then `run` is told that it is not looked at. Scripts that were walked
// before say what sed, envsubst and their like read.
[[nodiscard]] bool pass_over_template(const SourceFile& file, const std::string& path,
                                      const Workspace& workspace, Run& run);

}  // namespace composelint::engine

// The lines of a block that a comment stands above: a target with its recipe, a job, a service.
#pragma once

#include <composelint/source.h>

#include <cstdint>

#include "analyzer/engine/line_range.h"
#include "analyzer/hosts/host_file.h"

namespace composelint::engine {

// From `line` on: a section up to the next one, else all that is indented deeper. `kind` is of the
// file that holds it; a compose file is kComposeCommands.
[[nodiscard]] LineRange block_at(const SourceFile& file, hosts::HostKind kind, std::uint32_t line);

}  // namespace composelint::engine

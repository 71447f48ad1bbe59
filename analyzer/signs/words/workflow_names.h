// The variables that a GitHub workflow speaks of.
#pragma once

#include <composelint/source.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>

namespace composelint {

using Names = std::set<std::string, std::less<>>;

// Every name in the workflow's keys and values, for what stands at the byte `here`: those of other
// jobs are their own, but for what this one takes over by an alias or an artifact. A job on GitHub
// gets no other variable. Nothing where any may be set: by an env file that is made of secrets or
// of a variable, by a file that is no workflow or cannot be read.
[[nodiscard]] std::optional<Names> names_in_workflow(const SourceFile& file, std::uint32_t here);

}  // namespace composelint

// What a repository says of itself at the head of its README.
#pragma once

#include <optional>
#include <string_view>

#include "analyzer/engine/context.h"

namespace composelint::engine {

// Development, where title and first paragraph say that all of it is for a developer's machine or
// for show: "A local development harness", "Tyk Demo". Nothing where they speak of production.
[[nodiscard]] std::optional<ContextCue> cue_in_readme(std::string_view text);

}  // namespace composelint::engine

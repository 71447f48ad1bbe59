// Whether a command line that a script starts is any business of guard's. It is asked for every
// docker command of the script, so it looks at the words and at nothing else.
#pragma once

#include <span>
#include <string_view>

namespace composelint::guard {

enum class ShimWay {
  kPass,   // no compose call, or one that only looks: the real program takes over
  kGuard,  // it changes something, or may
};

// `name` is the shim's: docker, docker-compose, sudo. `words` are those behind it.
[[nodiscard]] ShimWay way_of(std::string_view name, std::span<const std::string_view> words);

}  // namespace composelint::guard

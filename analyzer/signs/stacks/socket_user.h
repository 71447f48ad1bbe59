// What the images that get the socket of an engine do with it.
#pragma once

#include <string_view>

namespace composelint {

enum class Purpose { kOther, kWatches, kSignals, kMaySteer, kSteers, kFilters };

// By the name of an image or a service: what asks the engine about containers, what steers them,
// what stands between.
[[nodiscard]] Purpose purpose_of(std::string_view name);

// What people look at, or what is in front of all that they reach: a proxy may lead to it though no
// line here says so.
[[nodiscard]] bool is_there_to_be_reached(std::string_view name);

}  // namespace composelint

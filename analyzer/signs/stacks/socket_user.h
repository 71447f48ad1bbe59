// What the images that get the socket of an engine do with it.
#pragma once

#include <string_view>

namespace composelint {

enum class Purpose { kOther, kWatches, kSignals, kMaySteer, kSteers, kFilters };

// By the name of an image or a service: what asks the engine about containers, what steers them,
// what stands between.
[[nodiscard]] Purpose purpose_of(std::string_view name);

}  // namespace composelint

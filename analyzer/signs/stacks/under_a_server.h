// Files of a database that are written or copied behind a `down` or `stop`: where that has failed,
// under a server that is still up.
#pragma once

#include <composelint/compose.h>
#include <composelint/step.h>

#include <string>
#include <string_view>

namespace composelint {

// What `later` does then, as a sentence; empty: nothing.
[[nodiscard]] std::string done_under_a_server(const Step& stop, const Step& later);

// The service has the volume that is called so on the engine. Where nothing gives the project a
// name, what stands in front of the key is the name of somebody's directory.
[[nodiscard]] bool has_volume(const Project& project, const Service& service,
                              std::string_view name);

}  // namespace composelint

// The one call into the YAML library.
#pragma once

#include <string_view>

namespace YAML {
class EventHandler;
}

namespace composelint::yaml {

// All documents of `bytes`, in order. What the library and the handler throw passes through.
void read_events(std::string_view bytes, YAML::EventHandler& handler);

}  // namespace composelint::yaml

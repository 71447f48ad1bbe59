// What the container of a service does when it is started as the file says.
#pragma once

#include <composelint/compose.h>
#include <composelint/effect.h>

#include <string>

namespace composelint {

struct ServiceTask {
  Effect effect = Effect::kUnknown;  // the gravest of its commands
  std::string name;                  // what was recognised: "Django migration"
  bool ends = false;                 // each of its commands is known to come to an end
  bool waits = false;                // it says itself that it waits or tries again
};

// By its entrypoint and its command, as far as the project has them; by its image where that is the
// program.
[[nodiscard]] ServiceTask own_task(const Service& service);

}  // namespace composelint

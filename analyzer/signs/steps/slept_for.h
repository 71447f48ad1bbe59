// A database client behind a fixed pause, in a stack whose files are not known.
#pragma once

#include <composelint/step.h>
#include <composelint/timeline.h>

#include <optional>
#include <string>

namespace composelint {

struct SleptFor {
  const Step* start = nullptr;
  const Step* sleep = nullptr;  // null where `up` names the service and nothing pauses
  std::string name;             // of the container or service
};

// Only where a pause, or a call that names the service, says that the script knows of the start:
// without one the container may have been up for long.
[[nodiscard]] std::optional<SleptFor> slept_for(const Timeline& timeline, const Step& use);

}  // namespace composelint

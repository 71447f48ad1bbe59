// A database that is used right behind the call that starts it.
#pragma once

#include <composelint/compose.h>
#include <composelint/step.h>
#include <composelint/taken_for.h>
#include <composelint/timeline.h>

#include <optional>

namespace composelint {

struct Unawaited {
  const Step* start = nullptr;       // that starts it and comes back at once
  const Step* sleep = nullptr;       // the first fixed pause in between; null without one
  const Service* service = nullptr;  // that may not answer yet
};

// Only what is sure: the script starts the service whenever it gets to `use`, and nothing on the
// way waits for anything. Projects are told apart by name: `up` may have other files than `exec`.
[[nodiscard]] std::optional<Unawaited> unawaited_use(const Timeline& timeline, const Step& use,
                                                     const TakenFor& taken = {});

}  // namespace composelint

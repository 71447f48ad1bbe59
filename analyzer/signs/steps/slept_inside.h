// A task whose own script sleeps before it needs the database: `run app sh -c "sleep 10 &&
// migrate"`.
#pragma once

#include <composelint/compose.h>
#include <composelint/source.h>
#include <composelint/step.h>
#include <composelint/timeline.h>

#include <optional>
#include <string>

namespace composelint {

struct SleptInside {
  const Step* start = nullptr;  // `run` itself, or the `up` before `exec`
  const Service* service = nullptr;
  std::string pause;  // "sleep 10"
  std::string task;   // what the script does behind it: "python manage.py"
  Span sleep;
};

// Only where the script of the task sleeps first, and nothing before it has waited.
[[nodiscard]] std::optional<SleptInside> slept_inside(const Timeline& timeline, const Step& step);

}  // namespace composelint

// A database that is used right behind the call that starts it, by calls that mean one of several
// stacks.
#pragma once

#include <composelint/unawaited.h>

#include <cstddef>
#include <optional>

namespace composelint {

// Where `$dc` stands for several stacks: what holds for each of them.
[[nodiscard]] inline std::optional<Unawaited> unawaited_in_each(const Timeline& timeline,
                                                                const Step& use) {
  const auto open = [](const Step& step) {
    return step.call && step.call->target.project == nullptr ? step.call->target.others.size()
                                                             : std::size_t{0};
  };
  const std::size_t count = open(use);
  if (count == 0) return unawaited_use(timeline, use);
  const std::size_t here = index_of(timeline, use);
  const bool starts = last_before(timeline, use, [&](const Step& other) {
                        return open(other) == count && !other.call->is("exec");
                      }) != nullptr;
  std::optional<Unawaited> found;
  for (std::size_t i = 0; starts && i < count; ++i) {
    Timeline way = timeline;
    for (Step& step : way.steps) {
      if (open(step) == count) step.call->target.project = step.call->target.others[i];
    }
    const auto one = unawaited_use(way, way.steps[here]);
    if (!one) return std::nullopt;
    const Step* start = &timeline.steps[index_of(way, *one->start)];
    const Step* sleep =
        one->sleep == nullptr ? nullptr : &timeline.steps[index_of(way, *one->sleep)];
    if (!found) found = Unawaited{start, sleep, one->service};
    if (found->start != start || found->sleep != sleep ||
        found->service->name != one->service->name) {
      return std::nullopt;
    }
  }
  return found;
}

}  // namespace composelint

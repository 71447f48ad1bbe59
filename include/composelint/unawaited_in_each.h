// A database that is used right behind the call that starts it, by calls that mean one of several
// stacks, or one that is only guessed.
#pragma once

#include <composelint/unawaited.h>

#include <cstddef>
#include <optional>

namespace composelint {

namespace detail {

[[nodiscard]] inline bool is_guessed(const Step& step) {
  return step.call && step.call->target.project == nullptr && step.call->target.likely != nullptr;
}

// The steps of `way` are those of `timeline`, one for one.
[[nodiscard]] inline std::optional<Unawaited> seen_in(const Timeline& timeline, const Timeline& way,
                                                      const Step& use) {
  std::optional<Unawaited> one = unawaited_use(way, way.steps[index_of(timeline, use)]);
  if (!one) return std::nullopt;
  one->start = &timeline.steps[index_of(way, *one->start)];
  if (one->sleep != nullptr) one->sleep = &timeline.steps[index_of(way, *one->sleep)];
  return one;
}

// `cd /srv/app && docker compose up -d`: as if the stack were the one beside the script.
[[nodiscard]] inline std::optional<Unawaited> unawaited_as_guessed(const Timeline& timeline,
                                                                   const Step& use) {
  const bool starts = last_before(timeline, use, [](const Step& other) {
                        return is_guessed(other) && !other.call->is("exec");
                      }) != nullptr;
  if (!starts) return std::nullopt;
  Timeline way = timeline;
  for (Step& step : way.steps) {
    if (is_guessed(step)) step.call->target.project = step.call->target.likely;
  }
  return seen_in(timeline, way, use);
}

}  // namespace detail

// Where `$dc` stands for several stacks: what holds for each of them.
[[nodiscard]] inline std::optional<Unawaited> unawaited_in_each(const Timeline& timeline,
                                                                const Step& use) {
  const auto open = [](const Step& step) {
    return step.call && step.call->target.project == nullptr ? step.call->target.others.size()
                                                             : std::size_t{0};
  };
  if (detail::is_guessed(use)) return detail::unawaited_as_guessed(timeline, use);
  const std::size_t count = open(use);
  if (count == 0) return unawaited_use(timeline, use);
  const bool starts = last_before(timeline, use, [&](const Step& other) {
                        return open(other) == count && !other.call->is("exec");
                      }) != nullptr;
  std::optional<Unawaited> found;
  for (std::size_t i = 0; starts && i < count; ++i) {
    Timeline way = timeline;
    for (Step& step : way.steps) {
      if (open(step) == count) step.call->target.project = step.call->target.others[i];
    }
    const auto one = detail::seen_in(timeline, way, use);
    if (!one) return std::nullopt;
    if (!found) found = one;
    if (found->start != one->start || found->sleep != one->sleep ||
        found->service->name != one->service->name) {
      return std::nullopt;
    }
  }
  return found;
}

}  // namespace composelint

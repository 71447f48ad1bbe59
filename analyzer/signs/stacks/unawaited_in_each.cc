#include "analyzer/signs/stacks/unawaited_in_each.h"

#include <cstddef>
#include <optional>

#include "analyzer/signs/steps/sequence.h"

namespace composelint {

std::optional<Unawaited> unawaited_in_each(const Timeline& timeline, const Step& use) {
  const Target* const target = use.call ? &use.call->target : nullptr;
  if (target == nullptr || target->project != nullptr) return unawaited_use(timeline, use);
  // Nothing that starts one of these stacks comes before: no need to look for each.
  const auto starts = [&](auto&& is_open) {
    return last_before(timeline, use, [&](const Step& other) {
             return other.call && other.call->target.project == nullptr &&
                    !other.call->is("exec") && is_open(other.call->target);
           }) != nullptr;
  };
  if (target->likely != nullptr) {
    const bool started = starts([](const Target& other) { return other.likely != nullptr; });
    return started ? unawaited_use(timeline, use, {.likely = true}) : std::nullopt;
  }
  const std::size_t count = target->others.size();
  if (count == 0) return unawaited_use(timeline, use);
  if (!starts([&](const Target& other) { return other.others.size() == count; })) {
    return std::nullopt;
  }
  std::optional<Unawaited> found;
  for (std::size_t i = 0; i < count; ++i) {
    const auto one = unawaited_use(timeline, use, {.stacks = count, .stack = i});
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

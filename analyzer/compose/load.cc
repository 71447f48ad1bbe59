#include "analyzer/compose/load.h"

#include <algorithm>
#include <utility>

namespace composelint::compose {

MaybeFailure Load::refuse(Failure failure) {
  if (!lint()) return failure;
  problems_.push_back({true, failure.span, std::move(failure.message), failure.code});
  return std::nullopt;
}

MaybeFailure Load::refuse_partial(Failure failure) {
  partial_ = true;
  return refuse(std::move(failure));
}

void Load::warn(Span span, std::string message) {
  const bool known = std::any_of(problems_.begin(), problems_.end(), [&](const auto& before) {
    return !before.refused && before.message == message;
  });
  if (!known) problems_.push_back({false, span, std::move(message), FailureCode::kInvalid});
}

bool Load::charge(const Value& tree, std::size_t limit) {
  values_ += count_values(tree, limit);
  return values_ <= limit;
}

}  // namespace composelint::compose

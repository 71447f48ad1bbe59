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

void Load::note_unset(const std::string& name, Span span, std::string place) {
  // A file that several services extend is interpolated for each.
  const bool known = std::any_of(unset_.begin(), unset_.end(), [&](const UnsetVariable& before) {
    return before.span == span && before.name == name;
  });
  if (!known) unset_.push_back({name, span, std::move(place)});
}

bool Load::charge(const Value& tree, std::size_t limit) {
  values_ += count_values(tree, limit);
  return values_ <= limit;
}

}  // namespace composelint::compose

// The values of a load: what every phase takes and gives.
//
// Spans point into files the SourceStore owns, trails into the Trails of the load; both outlive the
// values.
#pragma once

#include <composelint/value.h>

#include <deque>
#include <string_view>
#include <utility>

namespace composelint::compose {

using composelint::Member;
using composelint::plain_text;
using composelint::provenance_of;
using composelint::Trail;
using composelint::Value;
using composelint::ValueKind;

// Owns trails at stable addresses.
class Trails {
 public:
  const Trail* push(const Trail* before, OriginStep step) {
    return &trails_.emplace_back(Trail{std::move(step), before});
  }

 private:
  std::deque<Trail> trails_;
};

// Structural equality; places and trails do not count, order of keys neither.
[[nodiscard]] bool same(const Value& a, const Value& b);

// How many values a subtree holds, itself included; stops counting above `limit`.
[[nodiscard]] std::size_t count_values(const Value& value, std::size_t limit);

}  // namespace composelint::compose

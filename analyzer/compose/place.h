// Where a walk through a value tree stands, and tables that say what holds at which places.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace composelint::compose {

// A chain of keys on the stack of the walk, no allocation. Items of lists have the key "[]".
struct Place {
  const Place* up = nullptr;  // null: `key` is a top-level key
  std::string_view key;
  std::size_t depth = 1;

  [[nodiscard]] Place operator/(std::string_view next) const { return {this, next, depth + 1}; }
};

inline constexpr std::string_view kItemKey = "[]";

// "services.app.image"
[[nodiscard]] std::string dotted(const Place& place);

// Patterns are dotted keys where "*" stands for any key or item.
template <typename T>
class PlaceTable {
 public:
  PlaceTable(std::initializer_list<std::pair<std::string_view, T>> rows) {
    for (const auto& [pattern, what] : rows) add(pattern, what);
  }

  // What is known of `place`; null when no pattern matches.
  [[nodiscard]] const T* find(const Place& place) const {
    if (place.depth >= by_depth_.size()) return nullptr;
    for (const Row& row : by_depth_[place.depth]) {
      if (matches(row, place)) return &row.what;
    }
    return nullptr;
  }

 private:
  struct Row {
    std::vector<std::string_view> keys;  // last one first, as a Place is walked
    T what;
  };

  void add(std::string_view pattern, T what) {
    Row row{{}, std::move(what)};
    for (std::size_t at = 0; at <= pattern.size();) {
      const std::size_t end = std::min(pattern.find('.', at), pattern.size());
      row.keys.insert(row.keys.begin(), pattern.substr(at, end - at));
      at = end + 1;
    }
    if (row.keys.size() >= by_depth_.size()) by_depth_.resize(row.keys.size() + 1);
    by_depth_[row.keys.size()].push_back(std::move(row));
  }

  static bool matches(const Row& row, const Place& place) {
    const Place* at = &place;
    for (const std::string_view key : row.keys) {
      if (key != "*" && key != at->key) return false;
      at = at->up;
    }
    return true;
  }

  std::vector<std::vector<Row>> by_depth_;
};

}  // namespace composelint::compose

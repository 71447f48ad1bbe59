// Where values came from, told to people.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/compose/value.h"

namespace composelint::compose {

// "services.app.ports[0].target"; keys with dots or brackets are in double quotes.
[[nodiscard]] std::string path_of_key(std::string_view parent, std::string_view key);
[[nodiscard]] std::string path_of_item(std::string_view parent, std::size_t index);

// Every scalar of a tree with its path, empty lists and maps too. The place of a member without one
// of its own is that of its key.
using ScalarVisitor =
    std::function<void(const std::string& path, const Value& value, const Span& place)>;
void for_each_scalar(const Value& tree, const ScalarVisitor& visit);

// The value at a path, and of its last key; nothing when there is none.
struct Found {
  const Value* value = nullptr;
  Span place;
};
[[nodiscard]] std::optional<Found> find_path(const Value& tree, std::string_view path);

// "compose.yaml:3:12"; empty for nowhere.
[[nodiscard]] std::string shown_place(const Span& span);

// The way of a value, oldest step first: "compose.yaml:3:12", "TAG from .env:1:1",
// "overridden at prod.yaml:2:5".
[[nodiscard]] std::vector<std::string> steps_of(const Value& value, const Span& place);
// The same as sentences.
[[nodiscard]] std::string story_of(std::string_view path, const Value& value, const Span& place);

}  // namespace composelint::compose

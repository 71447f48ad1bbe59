#include "analyzer/compose/schema/equal.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>

namespace composelint::compose::schema {

namespace {

bool is_number(const Value& value) {
  return value.kind == ValueKind::kInt || value.kind == ValueKind::kFloat;
}

bool equal_numbers(const Value& a, const Value& b) {
  if (a.kind == ValueKind::kInt && b.kind == ValueKind::kInt) return a.integer == b.integer;
  const auto real = [](const Value& value) {
    return value.kind == ValueKind::kInt ? static_cast<double>(value.integer) : value.real;
  };
  return real(a) == real(b);
}

bool equal(const Value& a, const Value& b);

bool equal_maps(const Value& a, const Value& b) {
  if (a.members.size() != b.members.size()) return false;
  return std::all_of(a.members.begin(), a.members.end(), [&](const Member& member) {
    const auto other = std::find_if(b.members.begin(), b.members.end(),
                                    [&](const Member& wanted) { return wanted.key == member.key; });
    return other != b.members.end() && equal(member.value, other->value);
  });
}

bool equal(const Value& a, const Value& b) {
  if (!a.known || !b.known) return false;
  if (is_number(a) && is_number(b)) return equal_numbers(a, b);
  if (a.kind != b.kind) return false;
  switch (a.kind) {
    case ValueKind::kNull: return true;
    case ValueKind::kBool: return a.boolean == b.boolean;
    case ValueKind::kString: return a.text == b.text;
    case ValueKind::kList:
      return std::equal(a.items.begin(), a.items.end(), b.items.begin(), b.items.end(), equal);
    case ValueKind::kMap: return equal_maps(a, b);
    default: return false;
  }
}

}  // namespace

std::optional<std::pair<std::size_t, std::size_t>> first_doubles(const std::vector<Value>& items) {
  // Nearly every list is of texts, and some are long.
  std::unordered_map<std::string_view, std::size_t> texts;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i].is_string() && items[i].known) {
      const auto [first, added] = texts.emplace(items[i].text, i);
      if (!added) return std::pair{first->second, i};
      continue;
    }
    for (std::size_t j = 0; j < i; ++j) {
      if (!items[j].is_string() && equal(items[j], items[i])) return std::pair{j, i};
    }
  }
  return std::nullopt;
}

}  // namespace composelint::compose::schema

#include "analyzer/compose/value.h"

#include <array>
#include <charconv>
#include <cmath>

namespace composelint::compose {

namespace {

// Go prints a float with the shortest digits that read back, and switches to an exponent below 1e-4
// and from 1e21 on; the exponent has a sign and at least two digits.
std::string plain_float(double real) {
  if (std::isnan(real)) return "NaN";
  if (std::isinf(real)) return real > 0 ? "+Inf" : "-Inf";
  const double size = std::fabs(real);
  const bool exponent = real != 0 && (size < 1e-4 || size >= 1e21);
  std::array<char, 400> digits{};
  const auto format = exponent ? std::chars_format::scientific : std::chars_format::fixed;
  const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), real, format);
  return {digits.data(), written.ptr};
}

}  // namespace

const Member* Value::member(std::string_view key) const {
  for (const Member& candidate : members) {
    if (candidate.key == key) return &candidate;
  }
  return nullptr;
}

const Value* Value::find(std::string_view key) const {
  const Member* found = member(key);
  return found == nullptr ? nullptr : &found->value;
}

Value* Value::find(std::string_view key) {
  for (Member& candidate : members) {
    if (candidate.key == key) return &candidate.value;
  }
  return nullptr;
}

std::string_view Value::text_of(std::string_view key) const {
  const Value* found = find(key);
  return found != nullptr && found->is_string() ? std::string_view(found->text)
                                                : std::string_view();
}

Value& Value::set(std::string_view key, Value value, Span key_span) {
  kind = ValueKind::kMap;
  if (Value* present = find(key)) {
    *present = std::move(value);
    return *present;
  }
  return members.emplace_back(Member{std::string(key), key_span, std::move(value)}).value;
}

bool Value::erase(std::string_view key) {
  for (auto member = members.begin(); member != members.end(); ++member) {
    if (member->key != key) continue;
    members.erase(member);
    return true;
  }
  return false;
}

Value Value::null() {
  return {};
}

Value Value::of(bool value) {
  Value made;
  made.kind = ValueKind::kBool;
  made.boolean = value;
  return made;
}

Value Value::of(std::int64_t value) {
  Value made;
  made.kind = ValueKind::kInt;
  made.integer = value;
  return made;
}

Value Value::of(double value) {
  Value made;
  made.kind = ValueKind::kFloat;
  made.real = value;
  return made;
}

Value Value::of(std::string value) {
  Value made;
  made.kind = ValueKind::kString;
  made.text = std::move(value);
  return made;
}

Value Value::list() {
  Value made;
  made.kind = ValueKind::kList;
  return made;
}

Value Value::map() {
  Value made;
  made.kind = ValueKind::kMap;
  return made;
}

Value Value::from(const Value& source) && {
  span = source.span;
  trail = source.trail;
  known = known && source.known;
  return std::move(*this);
}

bool same(const Value& a, const Value& b) {
  if (a.kind != b.kind || a.known != b.known) return false;
  switch (a.kind) {
    case ValueKind::kNull: return true;
    case ValueKind::kBool: return a.boolean == b.boolean;
    case ValueKind::kInt: return a.integer == b.integer;
    case ValueKind::kFloat: return a.real == b.real;
    case ValueKind::kString:
    case ValueKind::kTimestamp: return a.text == b.text;
    case ValueKind::kList:
      if (a.items.size() != b.items.size()) return false;
      for (std::size_t i = 0; i < a.items.size(); ++i) {
        if (!same(a.items[i], b.items[i])) return false;
      }
      return true;
    case ValueKind::kMap:
      if (a.members.size() != b.members.size()) return false;
      for (const Member& member : a.members) {
        const Value* other = b.find(member.key);
        if (other == nullptr || !same(member.value, *other)) return false;
      }
      return true;
  }
  return false;
}

std::string plain_text(const Value& scalar) {
  switch (scalar.kind) {
    case ValueKind::kNull: return "<nil>";
    case ValueKind::kBool: return scalar.boolean ? "true" : "false";
    case ValueKind::kInt: return std::to_string(scalar.integer);
    case ValueKind::kFloat: return plain_float(scalar.real);
    case ValueKind::kString:
    case ValueKind::kTimestamp: return scalar.text;
    case ValueKind::kList:
    case ValueKind::kMap: break;
  }
  return {};
}

std::size_t count_values(const Value& value, std::size_t limit) {
  std::size_t count = 1;
  for (const Value& item : value.items) {
    if (count > limit) return count;
    count += count_values(item, limit - count + 1);
  }
  for (const Member& member : value.members) {
    if (count > limit) return count;
    count += count_values(member.value, limit - count + 1);
  }
  return count;
}

}  // namespace composelint::compose

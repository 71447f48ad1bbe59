#include "analyzer/compose/value.h"

#include <algorithm>
#include <memory>

#include "analyzer/compose/numbers.h"

namespace composelint {

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

namespace {

std::string plain_list(const Value& list) {
  std::string out = "[";
  for (const Value& item : list.items) {
    if (out.size() > 1) out += ' ';
    out += plain_text(item);
  }
  return out + "]";
}

std::string plain_map(const Value& map) {
  std::vector<const Member*> sorted;
  for (const Member& member : map.members) sorted.push_back(&member);
  std::sort(sorted.begin(), sorted.end(),
            [](const Member* a, const Member* b) { return a->key < b->key; });
  std::string out = "map[";
  for (const Member* member : sorted) {
    if (out.size() > 4) out += ' ';
    out += member->key + ":" + plain_text(member->value);
  }
  return out + "]";
}

}  // namespace

std::string plain_text(const Value& value) {
  switch (value.kind) {
    case ValueKind::kNull: return "<nil>";
    case ValueKind::kBool: return value.boolean ? "true" : "false";
    case ValueKind::kInt: return std::to_string(value.integer);
    case ValueKind::kFloat: return compose::go_float(value.real);
    case ValueKind::kString:
    case ValueKind::kTimestamp: return value.text;
    case ValueKind::kList: return plain_list(value);
    case ValueKind::kMap: return plain_map(value);
  }
  return {};
}

Provenance provenance_of(const Value& value) {
  Provenance from;
  from.span = value.span;
  if (value.trail == nullptr) return from;
  auto steps = std::make_shared<std::vector<OriginStep>>();
  for (const Trail* trail = value.trail; trail != nullptr; trail = trail->before) {
    steps->push_back(trail->step);
  }
  std::reverse(steps->begin(), steps->end());
  from.steps = std::move(steps);
  return from;
}

const Value* Service::attribute(std::string_view path) const {
  const Value* found = model;
  while (found != nullptr && !path.empty()) {
    const std::size_t dot = path.find('.');
    found = found->find(path.substr(0, dot));
    path = dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1);
  }
  return found;
}

}  // namespace composelint

namespace composelint::compose {

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

#include "analyzer/compose/shape.h"

#include <algorithm>
#include <string>
#include <utility>

#include "analyzer/compose/numbers.h"
#include "analyzer/compose/place.h"
#include "analyzer/compose/shape_scalars.h"

namespace composelint::compose {

namespace {

bool is_zero(const Value& value) {
  switch (value.kind) {
    case ValueKind::kNull: return true;
    case ValueKind::kBool: return !value.boolean;
    case ValueKind::kInt: return value.integer == 0;
    case ValueKind::kFloat: return value.real == 0;
    case ValueKind::kString:
    case ValueKind::kTimestamp: return value.text.empty();
    case ValueKind::kList: return value.items.empty();
    case ValueKind::kMap: return value.members.empty();
  }
  return true;
}

class Shaper {
 public:
  explicit Shaper(Load& load) : load_(load) {}

  Result<Value> structure(const Value& value, const Shape& shape);
  Result<Value> map_of(const Value& value, const Shape& shape, bool keep_null);

 private:
  MaybeFailure field(const Value& value, const Field& field, Value& out);
  Result<Value> convert(const Value& value, const Field& field);
  Result<Value> list_of(const Value& value, const Shape& shape);

  Load& load_;
};

Failure unfit(const Value& value, std::string_view wanted) {
  return {FailureCode::kInvalid, "expected " + std::string(wanted), value.span};
}

Result<Value> Shaper::list_of(const Value& value, const Shape& shape) {
  if (!value.is_list()) return unfit(value, "a list");
  Value list = Value::list().from(value);
  for (const Value& item : value.items) {
    Result<Value> shaped = structure(item, shape);
    if (!shaped) return shaped.failure();
    list.items.push_back(std::move(*shaped));
  }
  return list;
}

Result<Value> Shaper::map_of(const Value& value, const Shape& shape, bool keep_null) {
  if (!value.is_map()) return unfit(value, "a mapping");
  Value map = Value::map().from(value);
  map.by_name = true;
  map.members.reserve(value.members.size());
  for (const Member& member : value.members) {
    if (member.value.is_null() && keep_null) {
      map.members.push_back(member);
      continue;
    }
    Result<Value> shaped = structure(member.value, shape);
    if (!shaped) {
      if (MaybeFailure failure = load_.refuse(shaped.failure())) return *failure;
      continue;
    }
    map.members.push_back({member.key, member.span, std::move(*shaped)});
  }
  return map;
}

Result<Value> Shaper::convert(const Value& value, const Field& field) {
  if (value.is_null() || !value.known) return value;
  switch (field.form) {
    case Form::kStruct:
    case Form::kInlineStruct: return structure(value, *field.shape);
    case Form::kStructList: return list_of(value, *field.shape);
    case Form::kStructMap: return map_of(value, *field.shape, true);
    case Form::kEnvFiles: return list_of(value, *field.shape);
    default: break;
  }
  return is_scalar_form(field.form) ? shape_scalar(value, field.form)
                                    : shape_collection(value, field.form);
}

Value zero_of(Form form) {
  if (form == Form::kBool) return Value::of(false);
  if (form == Form::kInt || form == Form::kUint) return Value::of(std::int64_t{0});
  return Value::of(std::string(form == Form::kBytes ? "0" : ""));
}

bool keeps(const Value& value, const Field& field) {
  if (value.is_null()) return false;
  switch (field.form) {
    case Form::kStruct:
    case Form::kInlineStruct:
    case Form::kCommand: return true;
    case Form::kDuration: return (field.flags & kKeepZero) != 0 || value.text != "0s";
    case Form::kBytes: return value.text != "0";
    default: return (field.flags & kKeepZero) != 0 || !is_zero(value);
  }
}

MaybeFailure Shaper::field(const Value& value, const Field& field, Value& out) {
  const std::string_view key = field.printed.empty() ? field.key : field.printed;
  const Member* given = value.member(field.key);
  if (given == nullptr && !field.printed.empty()) given = value.member(field.printed);
  if (given != nullptr) {
    Result<Value> shaped = convert(given->value, field);
    if (!shaped) {
      Failure why = shaped.failure();
      why.message = std::string(field.key) + ": " + why.message;
      return load_.refuse(std::move(why));
    }
    if (keeps(*shaped, field)) {
      out.set(key, std::move(*shaped), given->span);
      return std::nullopt;
    }
  }
  Value absent;
  if (field.form == Form::kInlineStruct) {
    Result<Value> empty = structure(Value::map(), *field.shape);
    if (!empty) return empty.failure();
    absent = std::move(*empty);
  } else if ((field.flags & kAlways) != 0) {
    absent = zero_of(field.form);
  } else if ((field.flags & kNullInJson) == 0) {
    return std::nullopt;
  }
  absent.trail = load_.trails().push(nullptr, {OriginKind::kDefault, {}, {}});
  out.set(key, std::move(absent));
  return std::nullopt;
}

Result<Value> Shaper::structure(const Value& value, const Shape& shape) {
  if (!value.is_map() && !value.is_null()) {
    if (!value.known) return value;
    return unfit(value, "a mapping");
  }
  Value out = Value::map().from(value);
  for (const Field& one : shape.fields) {
    if (MaybeFailure failure = field(value, one, out)) return *failure;
  }
  const Value* extensions = value.find(kExtensionsKey);
  if (extensions != nullptr && shape.extensible && !extensions->members.empty()) {
    out.set(kExtensionsKey, *extensions);
  }
  return out;
}

// Keys below these are names of the user's, not attributes.
const PlaceTable<bool>& resource_maps() {
  static const PlaceTable<bool> table = {
      {"services", true}, {"services.*.depends_on", true},
      {"volumes", true},  {"networks", true},
      {"secrets", true},  {"configs", true},
  };
  return table;
}

void set_apart(Value& value, const Place* place) {
  if (value.is_map() && (place == nullptr || resource_maps().find(*place) == nullptr)) {
    Value apart = Value::map();
    std::vector<Member> kept;
    for (Member& member : value.members) {
      std::vector<Member>& to = member.key.starts_with("x-") ? apart.members : kept;
      to.push_back(std::move(member));
    }
    value.members = std::move(kept);
    for (Member& member : value.members) {
      const Place next{place, member.key, place == nullptr ? 1 : place->depth + 1};
      set_apart(member.value, &next);
    }
    if (!apart.members.empty()) value.set(kExtensionsKey, std::move(apart));
    return;
  }
  for (Member& member : value.members) {
    const Place next{place, member.key, place == nullptr ? 1 : place->depth + 1};
    set_apart(member.value, &next);
  }
  // Only maps right in a list are looked into, not lists in lists.
  for (Value& item : value.items) {
    const Place next{place, kItemKey, place == nullptr ? 1 : place->depth + 1};
    if (item.is_map()) set_apart(item, &next);
  }
}

}  // namespace

void set_field(Value& structure, const Shape& shape, std::string_view key, Value value) {
  if (Value* present = structure.find(key)) {
    *present = std::move(value);
    return;
  }
  const auto rank = [&](std::string_view name) {
    return std::find_if(shape.fields.begin(), shape.fields.end(),
                        [&](const Field& field) { return field.key == name; });
  };
  const auto here = rank(key);
  const auto behind = std::find_if(structure.members.begin(), structure.members.end(),
                                   [&](const Member& member) { return rank(member.key) > here; });
  structure.members.insert(behind, Member{std::string(key), {}, std::move(value)});
}

const Shape& shape_of_field(const Shape& shape, std::string_view key) {
  for (const Field& field : shape.fields) {
    if (field.key == key && field.shape != nullptr) return *field.shape;
  }
  return shape;
}

void set_extensions_apart(Value& model) {
  set_apart(model, nullptr);
}

Result<Value> shape_struct(const Value& value, const Shape& shape, Load& load) {
  return Shaper(load).structure(value, shape);
}

Result<Value> shape_map(const Value& value, const Shape& of_each, Load& load) {
  return Shaper(load).map_of(value, of_each, false);
}

}  // namespace composelint::compose

#include "analyzer/compose/schema/check.h"

#include <composelint/nearest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "analyzer/compose/schema/equal.h"
#include "analyzer/compose/schema/pattern.h"
#include "analyzer/compose/schema/rules.h"
#include "analyzer/compose/schema/words.h"

namespace composelint::compose::schema {

namespace {

// A place in the file, on the stack of the walk.
struct Where {
  const Where* up = nullptr;  // null: the whole file
  std::string_view key;
  std::size_t index = 0;  // where key is empty
  Span span;              // of the key, or of the nearest key above
};

std::string path_of(const Where& where) {
  if (where.up == nullptr) return {};
  const std::string step = where.key.empty() ? std::to_string(where.index) : std::string(where.key);
  const std::string above = path_of(*where.up);
  return above.empty() ? step : above + "." + step;
}

Types types_of(const Value& value) {
  switch (value.kind) {
    case ValueKind::kNull: return kNull;
    case ValueKind::kBool: return kBoolean;
    case ValueKind::kInt: return kInteger | kNumber;
    case ValueKind::kFloat:
      return value.real == std::floor(value.real) && std::isfinite(value.real) ? kInteger | kNumber
                                                                               : kNumber;
    case ValueKind::kString: return kString;
    case ValueKind::kTimestamp: return 0;
    case ValueKind::kList: return kArray;
    case ValueKind::kMap: return kObject;
  }
  return 0;
}

// `${NET?not set}` of a list of names that a merge made a map of: what it will be is not known.
bool is_a_hole(const Member& member) {
  return !member.value.known && !member.value.is_string() &&
         member.key.find('$') != std::string::npos;
}

class Checker {
 public:
  void check(RuleId id, const Value& value, const Where& where);
  [[nodiscard]] std::vector<Violation> take() { return std::move(found_); }

 private:
  void check_text(const Rule& rule, const Value& value, const Where& where);
  void check_number(const Rule& rule, const Value& value, const Where& where);
  void check_list(const Rule& rule, const Value& value, const Where& where);
  void check_map(const Rule& rule, const Value& value, const Where& where);
  void check_member(const Rule& rule, const Member& member, const Where& map);
  void refuse_type(const Rule& rule, const Value& value, const Where& where);
  void refuse_key(const Rule& rule, const Member& member, const Where& map);
  void add(const Where& where, Span span, std::string_view what);

  std::vector<Violation> found_;
};

// `what` follows the path: "must be a list".
void Checker::add(const Where& where, Span span, std::string_view what) {
  std::string path = path_of(where);
  std::string message = fmt::format("{} {}", path.empty() ? "the file" : path, what);
  // Where a key has nothing behind it, the key is what can be seen.
  const bool visible = span && (span.size() > 0 || where.key.empty());
  found_.push_back({std::move(path), std::move(message), visible ? span : where.span});
}

void Checker::check(RuleId id, const Value& value, const Where& where) {
  // A value that was never looked at may be anything, a date included.
  if (id == kAnything || !value.known) return;
  const Types types = types_of(value);
  const Rule& whole = rule(id);
  if ((whole.types & types) == 0) {
    refuse_type(whole, value, where);
    return;
  }
  const Rule& fitting = rule(rule_for(id, types));
  if (value.is_string())
    check_text(fitting, value, where);
  else if (value.is_list())
    check_list(fitting, value, where);
  else if (value.is_map())
    check_map(fitting, value, where);
  else if ((types & kNumber) != 0)
    check_number(fitting, value, where);
}

void Checker::refuse_type(const Rule& rule, const Value& value, const Where& where) {
  const std::string wanted = any_of(rule.types);
  if (value.is_null()) {
    add(where, value.span, fmt::format("is empty: it must be {}", wanted));
    return;
  }
  // A text that YAML read as something else.
  const bool quote = (rule.types & kString) != 0 && value.is_scalar();
  add(where, value.span,
      fmt::format("must be {}, not {}{}", wanted, kind_of(value),
                  quote ? "; put it in quotes" : ""));
}

void Checker::check_text(const Rule& rule, const Value& value, const Where& where) {
  const auto allowed = values(rule);
  if (!allowed.empty() && std::find(allowed.begin(), allowed.end(), value.text) == allowed.end()) {
    const std::string_view near = nearest(value.text, allowed);
    add(where, value.span,
        fmt::format("must be {}, not `{}`{}", any_of(allowed), value.text,
                    near.empty() ? "" : fmt::format("; did you mean `{}`?", near)));
  }
  if (!matches(rule.pattern, value.text)) {
    add(where, value.span, fmt::format("must {}, not `{}`", demand(rule.pattern), value.text));
  }
}

void Checker::check_number(const Rule& rule, const Value& value, const Where& where) {
  const double number =
      value.kind == ValueKind::kInt ? static_cast<double>(value.integer) : value.real;
  constexpr Rule kUnbounded;
  if (rule.minimum != kUnbounded.minimum && number < static_cast<double>(rule.minimum)) {
    add(where, value.span, fmt::format("must be at least {}, not {}", rule.minimum, value.text));
  }
  if (rule.maximum != kUnbounded.maximum && number > static_cast<double>(rule.maximum)) {
    add(where, value.span, fmt::format("must be at most {}, not {}", rule.maximum, value.text));
  }
}

void Checker::check_list(const Rule& rule, const Value& value, const Where& where) {
  if (rule.unique) {
    if (const auto doubles = first_doubles(value.items)) {
      const Value& second = value.items[doubles->second];
      add(where, second.span,
          fmt::format("holds {} twice, at {} and {}", kind_of(second), doubles->first,
                      doubles->second));
    }
  }
  for (std::size_t i = 0; i < value.items.size(); ++i) {
    check(rule.items, value.items[i], Where{&where, {}, i, where.span});
  }
}

void Checker::check_map(const Rule& rule, const Value& value, const Where& where) {
  for (const std::string_view name : required(rule)) {
    const bool there = std::any_of(value.members.begin(), value.members.end(),
                                   [&](const Member& member) { return member.key == name; });
    // An item has no key of its own to point at.
    const Span place = where.key.empty() ? value.span : where.span;
    if (!there) add(where, place, fmt::format("lacks `{}`", name));
  }
  for (const Member& member : value.members) check_member(rule, member, where);
}

void Checker::check_member(const Rule& rule, const Member& member, const Where& map) {
  const Where where{&map, member.key, 0, member.span ? member.span : map.span};
  bool named = false;
  if (const Property* property = find_property(rule, member.key)) {
    named = true;
    check(property->rule, member.value, where);
  }
  for (const PatternRule& row : patterns(rule)) {
    if (!matches(row.pattern, member.key)) continue;
    named = true;
    check(row.rule, member.value, where);
  }
  if (named || is_a_hole(member)) return;
  if (rule.closed)
    refuse_key(rule, member, map);
  else
    check(rule.others, member.value, where);
}

void Checker::refuse_key(const Rule& rule, const Member& member, const Where& map) {
  const Where where{&map, member.key, 0, member.span ? member.span : map.span};
  std::string path = path_of(where);
  std::string message;
  const bool names = properties(rule).empty() && !patterns(rule).empty();
  if (names) {
    message = fmt::format("the name `{}` in {} must {}", member.key, path_of(map),
                          demand(patterns(rule).front().pattern));
  } else if (map.up == nullptr && member.value.is_map() &&
             std::any_of(member.value.members.begin(), member.value.members.end(),
                         [](const Member& m) { return m.key == "image" || m.key == "build"; })) {
    message =
        fmt::format("unknown top-level key `{}`; a service belongs into `services`", member.key);
  } else {
    const std::string place = map.up == nullptr ? "top-level key" : "key";
    message = fmt::format("unknown {} `{}`{}{}", place, member.key,
                          map.up == nullptr ? "" : " in " + path_of(map), advice(rule, member.key));
  }
  found_.push_back({std::move(path), std::move(message), where.span});
}

}  // namespace

std::vector<Violation> check(const Value& file) {
  Checker checker;
  checker.check(top_rule(), file, Where{nullptr, {}, 0, file.span});
  return checker.take();
}

}  // namespace composelint::compose::schema

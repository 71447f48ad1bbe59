// The schema of the specification as tables: what may stand where in a compose file.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

#include "analyzer/compose/schema/pattern.h"

namespace composelint::compose::schema {

// Kinds of value as bits. A number that is whole is an integer too.
using Types = std::uint8_t;
inline constexpr Types kNull = 1;
inline constexpr Types kBoolean = 2;
inline constexpr Types kInteger = 4;
inline constexpr Types kNumber = 8;
inline constexpr Types kString = 16;
inline constexpr Types kArray = 32;
inline constexpr Types kObject = 64;

using RuleId = std::uint16_t;
inline constexpr RuleId kAnything = 0;

// A run of rows in one of the tables.
struct Rows {
  std::uint16_t begin = 0;
  std::uint16_t count = 0;
};

// What one value has to be. Fields left alone demand nothing.
struct Rule {
  Types types = 0;
  Rows properties{};          // keys of a mapping and their rules, by name
  Rows patterns{};            // rules for keys that match
  Rows required{};            // keys that have to be there
  Rows values{};              // the only texts
  Rows alternatives{};        // rules for the kinds of value, one kind in one of them
  RuleId items = kAnything;   // of a list
  RuleId others = kAnything;  // of keys nothing else is said of
  bool closed = false;        // no such keys
  bool unique = false;        // no two items are equal
  bool deprecated = false;
  Pattern pattern = Pattern::kNone;  // of a text
  std::int64_t minimum = std::numeric_limits<std::int64_t>::min();
  std::int64_t maximum = std::numeric_limits<std::int64_t>::max();
};

struct Property {
  std::string_view name;
  RuleId rule = kAnything;
};

struct PatternRule {
  Pattern pattern = Pattern::kNone;
  RuleId rule = kAnything;
};

// Of the whole file.
[[nodiscard]] RuleId top_rule();
[[nodiscard]] const Rule& rule(RuleId id);
[[nodiscard]] std::span<const Property> properties(const Rule& rule);
[[nodiscard]] std::span<const PatternRule> patterns(const Rule& rule);
[[nodiscard]] std::span<const std::string_view> required(const Rule& rule);
[[nodiscard]] std::span<const std::string_view> values(const Rule& rule);
[[nodiscard]] std::span<const RuleId> alternatives(const Rule& rule);
// The property of this name; null: there is none.
[[nodiscard]] const Property* find_property(const Rule& rule, std::string_view name);
// The rule for a value of these types: the rule itself, or the alternative that allows them.
[[nodiscard]] RuleId rule_for(RuleId id, Types types);

}  // namespace composelint::compose::schema

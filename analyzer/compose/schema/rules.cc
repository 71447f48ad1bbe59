#include "analyzer/compose/schema/rules.h"

#include <algorithm>

namespace composelint::compose::schema {

namespace {

#include "analyzer/compose/schema/compose_spec.inc"

template <typename T, std::size_t N>
std::span<const T> slice(const T (&table)[N], Rows rows) {
  return std::span<const T>(table).subspan(rows.begin, rows.count);
}

}  // namespace

RuleId top_rule() {
  return kTop;
}

const Rule& rule(RuleId id) {
  return kRules[id];
}

std::span<const Property> properties(const Rule& rule) {
  return slice(kProperties, rule.properties);
}

std::span<const PatternRule> patterns(const Rule& rule) {
  return slice(kPatterns, rule.patterns);
}

std::span<const std::string_view> required(const Rule& rule) {
  return slice(kWords, rule.required);
}

std::span<const std::string_view> values(const Rule& rule) {
  return slice(kWords, rule.values);
}

std::span<const RuleId> alternatives(const Rule& rule) {
  return slice(kAlternatives, rule.alternatives);
}

const Property* find_property(const Rule& rule, std::string_view name) {
  const auto rows = properties(rule);
  const auto found = std::lower_bound(
      rows.begin(), rows.end(), name,
      [](const Property& property, std::string_view wanted) { return property.name < wanted; });
  return found == rows.end() || found->name != name ? nullptr : &*found;
}

RuleId rule_for(RuleId id, Types types) {
  for (const RuleId alternative : alternatives(rule(id))) {
    if ((rule(alternative).types & types) != 0) return rule_for(alternative, types);
  }
  return id;
}

}  // namespace composelint::compose::schema

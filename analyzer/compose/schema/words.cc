#include "analyzer/compose/schema/words.h"

#include <composelint/nearest.h>
#include <fmt/format.h>

#include <utility>
#include <vector>

namespace composelint::compose::schema {

namespace {

// Long texts say less than their start.
std::string shortened(std::string_view text) {
  constexpr std::size_t kLongest = 40;
  if (text.size() <= kLongest) return std::string(text);
  std::size_t cut = kLongest;
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0U) == 0x80U) --cut;
  return std::string(text.substr(0, cut)) + "...";
}

std::vector<std::string_view> names_of(const Rule& rule) {
  std::vector<std::string_view> names;
  for (const Property& property : properties(rule)) names.push_back(property.name);
  return names;
}

// The key of `rule` under which `key` would be known.
std::string_view owner_of(const Rule& rule, std::string_view key) {
  for (const Property& property : properties(rule)) {
    const Rule& below = schema::rule(rule_for(property.rule, kObject));
    if (below.closed && find_property(below, key) != nullptr) return property.name;
  }
  return {};
}

}  // namespace

std::string any_of(std::span<const std::string_view> words) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += i + 1 == words.size() ? " or " : ", ";
    out += words[i];
  }
  return out;
}

std::string any_of(Types types) {
  constexpr std::pair<Types, std::string_view> kWords[] = {{kString, "a string"},
                                                           {kNumber, "a number"},
                                                           {kInteger, "a whole number"},
                                                           {kBoolean, "true or false"},
                                                           {kArray, "a list"},
                                                           {kObject, "a mapping"},
                                                           {kNull, "empty"}};
  std::vector<std::string_view> words;
  for (const auto& [type, word] : kWords) {
    const bool told = type == kInteger && (types & kNumber) != 0;
    if ((types & type) != 0 && !told) words.push_back(word);
  }
  return any_of(words);
}

std::string kind_of(const Value& value) {
  switch (value.kind) {
    case ValueKind::kNull: return "empty";
    case ValueKind::kBool: return value.boolean ? "true" : "false";
    case ValueKind::kInt:
    case ValueKind::kFloat: return fmt::format("the number {}", shortened(value.text));
    case ValueKind::kString: return fmt::format("the string `{}`", shortened(value.text));
    case ValueKind::kTimestamp: return fmt::format("the date {}", value.text);
    case ValueKind::kList: return "a list";
    case ValueKind::kMap: return "a mapping";
  }
  return {};
}

std::string advice(const Rule& rule, std::string_view key) {
  const std::string_view near = nearest(key, names_of(rule));
  if (!near.empty()) return fmt::format("; did you mean `{}`?", near);
  const std::string_view owner = owner_of(rule, key);
  if (!owner.empty()) return fmt::format("; it belongs into `{}`", owner);
  return {};
}

}  // namespace composelint::compose::schema

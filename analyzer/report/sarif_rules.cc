#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "analyzer/report/product.h"
#include "analyzer/report/reports.h"
#include "analyzer/report/sarif_place.h"

namespace composelint::report {

namespace {

using nlohmann::ordered_json;

constexpr std::size_t kLongestDescription = 1024;  // what GitHub keeps of a fullDescription

std::string shortened(std::string_view text) {
  if (text.size() <= kLongestDescription) return std::string(text);
  std::size_t end = kLongestDescription - 3;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return std::string(text.substr(0, end)) + "...";
}

}  // namespace

std::string pascal_case(std::string_view slug) {
  std::string name;
  bool upper = true;
  for (const char byte : slug) {
    if (byte == '-') {
      upper = true;
      continue;
    }
    const bool lower_letter = byte >= 'a' && byte <= 'z';
    name += upper && lower_letter ? static_cast<char>(byte - 'a' + 'A') : byte;
    upper = false;
  }
  return name;
}

Severity default_level(const Rule& rule) {
  const Severities& in = rule.severity;
  return std::max({in.ops, in.dev, in.ci, in.docs});
}

ordered_json descriptor_of(const Rule& rule) {
  const Severity level = default_level(rule);
  ordered_json tags = {"docker-compose", "operations"};
  // The form by which code scanning recognises weaknesses.
  if (rule.cwe != 0) tags.push_back(fmt::format("external/cwe/cwe-{:03}", rule.cwe));
  for (const std::string_view tag : rule.tags) tags.push_back(tag);
  ordered_json descriptor = {
      {"id", rule.slug},
      {"name", pascal_case(rule.slug)},
      {"shortDescription", {{"text", rule.summary}}},
      {"fullDescription", {{"text", shortened(rule.rationale)}}},
      {"help", {{"text", explanation(rule)}, {"markdown", rule_page(rule)}}},
      {"defaultConfiguration", {{"level", level == Severity::kOff ? "none" : to_string(level)}}}};
  if (!home_page().empty()) {
    descriptor["helpUri"] = fmt::format("{}/blob/main/docs/rules/{}.md", home_page(), rule.slug);
  }
  descriptor["properties"] = {
      {"tags", std::move(tags)},
      {"precision", "high"},
      {"problem.severity", level == Severity::kError     ? "error"
                           : level == Severity::kWarning ? "warning"
                                                         : "recommendation"}};
  return descriptor;
}

}  // namespace composelint::report

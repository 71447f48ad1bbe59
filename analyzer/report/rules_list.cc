#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "analyzer/report/json_place.h"
#include "analyzer/report/reports.h"
#include "analyzer/report/sarif_place.h"

namespace composelint::report {

namespace {

using nlohmann::ordered_json;

std::string_view to_string(FixKind fix) {
  switch (fix) {
    case FixKind::kNone: return "none";
    case FixKind::kSafe: return "safe";
    case FixKind::kOffer: return "offer";
  }
  return "none";
}

ordered_json rule_of(const Rule& rule) {
  const Severities& in = rule.severity;
  ordered_json object = {{"rule", rule.slug}, {"summary", rule.summary}, {"since", rule.since}};
  object["preset"] = composelint::to_string(rule.preset);
  object["level"] = {{"ops", composelint::to_string(in.ops)},
                     {"dev", composelint::to_string(in.dev)},
                     {"ci", composelint::to_string(in.ci)},
                     {"docs", composelint::to_string(in.docs)}};
  object["fix"] = to_string(rule.fix);
  object["cwe"] = rule.cwe == 0 ? ordered_json() : ordered_json(rule.cwe);
  object["tags"] = rule.tags;
  object["rationale"] = rule.rationale;
  object["silent_on"] = rule.silent_on;
  object["examples"] = ordered_json::array();
  for (const Example& example : rule.examples) {
    ordered_json shown = {{"unsafe", example.unsafe}, {"safe", example.safe}};
    if (!example.compose.empty()) shown["compose"] = example.compose;
    if (!example.file.empty()) shown["file"] = example.file;
    if (!example.beside.empty()) shown["beside"] = example.beside;
    object["examples"].push_back(std::move(shown));
  }
  return object;
}

}  // namespace

std::string rules_json(Rules rules) {
  ordered_json report = {{"rules", ordered_json::array()}};
  for (const Rule* rule : rules) report["rules"].push_back(rule_of(*rule));
  return dump(report);
}

std::string rules_text(Rules rules) {
  std::size_t width = 0;
  for (const Rule* rule : rules) width = std::max(width, rule->slug.size());
  std::string out;
  for (const Rule* rule : rules) {
    out += fmt::format("{:<{}}  {:<7}  {:<7}  {}\n", rule->slug, width,
                       composelint::to_string(default_level(*rule)),
                       composelint::to_string(rule->preset), rule->summary);
  }
  return out;
}

}  // namespace composelint::report

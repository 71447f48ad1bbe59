#include "analyzer/signs/reports/left_to.h"

#include <algorithm>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace composelint {

namespace {

// Heads the message of a related place that no reader sees.
constexpr std::string_view kLeftTo = "left to ";

bool is_left(const Related& related) {
  return related.message.starts_with(kLeftTo);
}

}  // namespace

void leave_to(std::string_view rule, Span place, Finding& finding) {
  finding.related.push_back({place, std::string(kLeftTo) + std::string(rule)});
}

void drop_left_to_others(std::vector<Finding>& findings,
                         const std::function<bool(const Finding&)>& is_allowed) {
  const auto is_told = [&](const Related& related) {
    const std::string_view rule = std::string_view(related.message).substr(kLeftTo.size());
    return std::any_of(findings.begin(), findings.end(), [&](const Finding& other) {
      return other.rule == rule && other.span == related.span && !is_allowed(other);
    });
  };
  std::vector<std::pair<std::string, Span>> left;
  for (Finding& finding : findings) {
    const auto others =
        std::any_of(finding.related.begin(), finding.related.end(),
                    [&](const Related& each) { return is_left(each) && is_told(each); });
    if (others) left.push_back({finding.rule, finding.span});
    std::erase_if(finding.related, is_left);
  }
  // Where one project shows what tells it, the same place of another one is told there as well.
  for (Finding& finding : findings) {
    const auto here = [&](const auto& each) {
      return each.first == finding.rule && each.second == finding.span;
    };
    if (std::any_of(left.begin(), left.end(), here)) finding.severity = Severity::kOff;
  }
  std::erase_if(findings, [](const Finding& each) { return each.severity == Severity::kOff; });
}

}  // namespace composelint

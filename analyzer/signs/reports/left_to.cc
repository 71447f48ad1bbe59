#include "analyzer/signs/reports/left_to.h"

#include <algorithm>
#include <functional>
#include <string>
#include <string_view>
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
  for (Finding& finding : findings) {
    const auto others =
        std::any_of(finding.related.begin(), finding.related.end(),
                    [&](const Related& each) { return is_left(each) && is_told(each); });
    if (others) finding.severity = Severity::kOff;
    std::erase_if(finding.related, is_left);
  }
  std::erase_if(findings, [](const Finding& each) { return each.severity == Severity::kOff; });
}

}  // namespace composelint

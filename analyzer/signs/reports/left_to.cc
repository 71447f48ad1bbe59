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
  // How gravely the other rule tells it; kOff: not at all.
  const auto told_there = [&](const Finding& finding) {
    Severity told = Severity::kOff;
    for (const Related& related : finding.related) {
      if (!is_left(related)) continue;
      const std::string_view rule = std::string_view(related.message).substr(kLeftTo.size());
      for (const Finding& other : findings) {
        if (other.rule != rule || other.span != related.span || is_allowed(other)) continue;
        told = std::max(told, other.severity);
      }
    }
    return told;
  };
  struct Left {
    std::string rule;
    Span span;
    Severity told;
  };
  std::vector<Left> left;
  for (Finding& finding : findings) {
    const Severity told = told_there(finding);
    if (told != Severity::kOff) left.push_back({finding.rule, finding.span, told});
    std::erase_if(finding.related, is_left);
  }
  // Where one project shows what tells it, the same place of another one is told there as well. A
  // developer's project tells less of it than the one in use.
  for (Finding& finding : findings) {
    const auto here = [&](const Left& each) {
      return each.rule == finding.rule && each.span == finding.span &&
             each.told >= finding.severity;
    };
    if (std::any_of(left.begin(), left.end(), here)) finding.severity = Severity::kOff;
  }
  std::erase_if(findings, [](const Finding& each) { return each.severity == Severity::kOff; });
}

}  // namespace composelint

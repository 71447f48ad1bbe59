#include "analyzer/signs/reports/left_to.h"

#include <algorithm>
#include <cstddef>
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

std::string_view rule_of(const Related& left) {
  std::string_view text = std::string_view(left.message).substr(kLeftTo.size());
  return text.substr(0, text.find('\n'));
}

// What the other finding says of the place that `finding` points to first; once.
void hand_over(const Finding& finding, const Related& left, Finding& other) {
  const std::size_t end = left.message.find('\n');
  if (end == std::string::npos) return;
  const std::string also = left.message.substr(end + 1);
  const bool said = std::any_of(other.related.begin(), other.related.end(),
                                [&](const Related& each) { return each.message == also; });
  if (!said) other.related.push_back({finding.related.front().span, also});
}

}  // namespace

void leave_to(std::string_view rule, Span place, Finding& finding, std::string_view also) {
  std::string message = std::string(kLeftTo) + std::string(rule);
  if (!also.empty()) message += "\n" + std::string(also);
  finding.related.push_back({place, std::move(message)});
}

void drop_left_to_others(std::vector<Finding>& findings,
                         const std::function<bool(const Finding&)>& is_allowed) {
  // How gravely the other rule tells it; kOff: not at all.
  const auto told_there = [&](const Finding& finding) {
    Severity told = Severity::kOff;
    for (const Related& related : finding.related) {
      if (!is_left(related)) continue;
      for (Finding& other : findings) {
        if (other.rule != rule_of(related) || other.span != related.span || is_allowed(other)) {
          continue;
        }
        told = std::max(told, other.severity);
        if (other.severity >= finding.severity) hand_over(finding, related, other);
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

#include "analyzer/signs/reports/repeated.h"

#include <cstddef>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/reports/folded_key.h"

namespace composelint {

void merge_into(Finding& first, Finding& repeated) {
  const bool elsewhere = !(repeated.span == first.span);  // else read along with others
  if (elsewhere) first.related.push_back({repeated.span, std::string(kHereAsWell)});
  for (const Related& related : repeated.related) {
    if (related.message == kHereAsWell) first.related.push_back(related);
  }
  if (!first.fixes.empty() && !repeated.fixes.empty() &&
      first.fixes.front().safety == repeated.fixes.front().safety) {
    std::vector<Edit>& edits = first.fixes.front().edits;
    const std::vector<Edit>& more = repeated.fixes.front().edits;
    edits.insert(edits.end(), more.begin(), more.end());
  }
  if (elsewhere) take_in(first, repeated);
  repeated.severity = Severity::kOff;
}

void tell_a_few(Finding& finding) {
  constexpr std::size_t kMost = 4;
  std::size_t told = 0;
  std::erase_if(finding.related, [&](const Related& related) {
    return related.message == kHereAsWell && ++told > kMost;
  });
}

std::string in_more_files(std::size_t more) {
  return "; so it is in " + std::to_string(more) + " more file" + (more == 1 ? "" : "s");
}

namespace {

// The number of an earlier "; so it is in 2 more compose files", which is taken off.
std::size_t taken_off_number(std::string& message) {
  constexpr std::string_view kSo = "; so it is in ";
  const std::size_t at = message.rfind(kSo);
  if (at == message.npos || message.find(" more compose file", at) == message.npos) return 0;
  std::size_t number = 0;
  for (std::size_t digit = at + kSo.size(); message[digit] >= '0' && message[digit] <= '9';) {
    number = number * 10 + static_cast<std::size_t>(message[digit++] - '0');
  }
  message.erase(at);
  return number;
}

}  // namespace

void tell_of_more_files(Finding& told, std::span<Finding* const> group) {
  std::set<const SourceFile*> files;
  for (const Finding* finding : group) files.insert(finding->span.file);
  files.erase(told.span.file);
  if (files.empty()) return;
  const std::size_t count = files.size() + taken_off_number(told.message);
  told.message +=
      "; so it is in " + std::to_string(count) + " more compose file" + (count == 1 ? "" : "s");
}

}  // namespace composelint

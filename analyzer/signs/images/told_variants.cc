#include "analyzer/signs/images/told_variants.h"

#include <composelint/path_name.h>

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/reports/repeated.h"
#include "analyzer/signs/reports/sibling_files.h"
#include "analyzer/signs/stacks/stack_parts.h"

namespace composelint {

namespace {

// `grafana.yml` is the one that the others vary.
Finding* teller_of(const std::vector<Finding*>& group) {
  return *std::min_element(group.begin(), group.end(), [](const Finding* a, const Finding* b) {
    return a->span.file != b->span.file && leads(*a->span.file, *b->span.file);
  });
}

void tell_once(const std::map<std::string, std::vector<Finding*>>& alike, std::string_view where) {
  for (const auto& [what, group] : alike) {
    if (group.size() < 2) continue;
    Finding* const told = teller_of(group);
    told->message += in_more_files(group.size() - 1) + std::string(where);
    for (Finding* other : group) {
      if (other != told) merge_into(*told, *other);
    }
  }
}

// No tag is `latest`.
std::string with_a_tag(std::string message) {
  constexpr std::string_view kWithout = "` without a tag";
  const std::size_t at = message.find(kWithout);
  if (at != message.npos) message.replace(at, kWithout.size(), ":latest`");
  return message;
}

// All that a file runs of these is run by another one in the directory.
void tell_with_larger_ones(std::span<Finding* const> findings, const ToldImages& images) {
  std::vector<Told> all;
  for (Finding* finding : findings) {
    const auto known = images.find(finding->span.file);
    if (finding->severity == Severity::kOff || known == images.end()) continue;
    all.push_back({finding, std::string(directory_of(*finding->span.file)), known->second});
  }
  tell_with_siblings(std::move(all));
}

}  // namespace

void tell_of_variants_once(std::span<Finding* const> findings, const ToldImages& images) {
  std::map<std::string, std::vector<Finding*>> beside;
  std::map<std::string, std::vector<Finding*>> elsewhere;
  for (Finding* finding : findings) {
    if (finding->severity == Severity::kOff) continue;
    std::string what(directory_of(*finding->span.file));
    what += '\n' + with_a_tag(finding->message.substr(0, finding->message.find("; ")));
    what += '\n' + std::to_string(static_cast<int>(finding->severity));
    beside[what].push_back(finding);
  }
  tell_once(beside, " beside it");
  tell_with_larger_ones(findings, images);
  for (Finding* finding : findings) {
    // Three notes and more are told by one of them anyway.
    if (finding->severity > Severity::kNote)
      elsewhere[with_a_tag(finding->message)].push_back(finding);
  }
  tell_once(elsewhere, "");
}

}  // namespace composelint

#include "analyzer/signs/reports/word_for_word.h"

#include <composelint/source.h>

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/files/pipeline_file.h"
#include "analyzer/signs/reports/once_a_run.h"
#include "analyzer/signs/reports/repeated.h"

namespace composelint {
namespace {

std::string_view to_end_of_line(Span place) {
  std::string_view text = place.file->bytes().substr(place.begin);
  text = text.substr(0, text.find('\n'));
  const std::size_t last = text.find_last_not_of(" \t\r");
  return text.substr(0, last == text.npos ? 0 : last + 1);
}

// Jobs of the same steps for one branch and the next differ in the files and the lines they name.
std::string words_of_jobs(const Finding& finding) {
  std::string words = finding.message;
  std::erase_if(words, [](unsigned char c) { return c >= '0' && c <= '9'; });
  return words;
}

std::string words_of(const Finding& finding) {
  if (is_a_workflow(*finding.span.file)) return words_of_jobs(finding);
  std::string words = finding.message + '\n' + std::string(to_end_of_line(finding.span));
  for (const Related& related : finding.related) {
    if (related.message == kHereAsWell || related.span.file == nullptr) continue;
    if (related.span.file != finding.span.file) words += '\n' + related.span.file->path();
    words += '\n' + std::string(related.span.text());
  }
  return words;
}

}  // namespace

void tell_same_words_once(std::span<Finding* const> findings) {
  std::map<std::string, std::vector<Finding*>> groups;
  for (Finding* finding : findings) {
    if (finding->severity == Severity::kOff || finding->span.file == nullptr) continue;
    groups[words_of(*finding)].push_back(finding);
  }
  for (auto& [words, group] : groups) {
    if (group.size() > 1) tell_once_a_run(std::move(group));
  }
}

}  // namespace composelint

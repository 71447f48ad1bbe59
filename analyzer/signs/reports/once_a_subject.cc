#include "analyzer/signs/reports/once_a_subject.h"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/reports/once_a_file.h"
#include "analyzer/signs/reports/once_a_run.h"
#include "analyzer/signs/words/allowed_there.h"

namespace composelint {

std::string told_before(const Finding& finding, std::string_view consequence) {
  return finding.message.substr(0, finding.message.find(consequence));
}

void tell_once_a_subject(std::span<Finding* const> findings, const Subject& subject_of) {
  // In the order of the files: which of them tells must not hang on where they lie in memory.
  using Files = std::map<std::string, std::vector<Finding*>>;
  std::map<std::string, Files> subjects;
  for (Finding* finding : findings) {
    if (finding->severity == Severity::kOff || finding->span.file == nullptr) continue;
    // It stays one of its own, with the reason that the comment gives.
    if (is_allowed_there(finding->span, finding->rule)) continue;
    const std::string subject = subject_of(*finding);
    if (!subject.empty()) subjects[subject][finding->span.file->path()].push_back(finding);
  }
  for (auto& [subject, files] : subjects) {
    std::vector<Finding*> firsts;
    for (auto& [path, all] : files) {
      merge_places(all);
      firsts.push_back(all.front());
    }
    tell_once_a_run(firsts);
  }
}

}  // namespace composelint

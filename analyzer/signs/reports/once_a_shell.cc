#include "analyzer/signs/reports/once_a_shell.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analyzer/signs/reports/once_a_file.h"

namespace composelint {

namespace {

// Where the edit goes that mends it; of a script, its beginning.
std::optional<std::uint32_t> mended_at(const Finding& finding) {
  const SourceFile* file = finding.span.file;
  if (file != nullptr && (file->bytes().starts_with("#!") || file->path().ends_with(".sh"))) {
    return 0;
  }
  if (finding.fixes.empty() || finding.fixes.front().edits.empty()) return std::nullopt;
  return finding.fixes.front().edits.front().span.begin;
}

}  // namespace

void tell_once_a_shell(std::span<Finding* const> findings) {
  std::map<std::pair<const SourceFile*, std::uint32_t>, std::vector<Finding*>> shells;
  for (Finding* finding : findings) {
    const std::optional<std::uint32_t> place = mended_at(*finding);
    if (finding->severity == Severity::kOff || !place) continue;
    shells[{finding->span.file, *place}].push_back(finding);
  }
  for (auto& [place, all] : shells) {
    // One edit for all of them, as safe as it is for each.
    std::vector<Fix> fixes;
    for (Finding* each : all) {
      const bool unsafe = !each->fixes.empty() && each->fixes.front().safety == FixSafety::kUnsafe;
      if (fixes.empty()) fixes = each->fixes;
      if (unsafe) fixes.front().safety = FixSafety::kUnsafe;
      each->fixes.clear();
    }
    const std::size_t more = merge_places(all) - 1;
    all.front()->fixes = std::move(fixes);
    if (more == 0) continue;
    all.front()->message += "; so it is with " + std::to_string(more) + " more " +
                            (more == 1 ? "place" : "places") + " of this file";
  }
}

}  // namespace composelint

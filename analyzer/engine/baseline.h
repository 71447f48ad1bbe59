// Findings that were there when somebody began to look: only new ones count from then on.
#pragma once

#include <composelint/file_system.h>
#include <composelint/result.h>
#include <composelint/run.h>

#include <compare>
#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace composelint::engine {

// What makes a finding the same one later: no wording, no line.
struct BaselineEntry {
  std::string path;  // of its file from the directory of the baseline; empty without a file
  std::string rule;
  std::vector<std::string> key;

  friend auto operator<=>(const BaselineEntry&, const BaselineEntry&) = default;
};

using Baseline = std::map<BaselineEntry, std::size_t>;  // with how many there are

// Where a run and its baseline are; both absolute.
struct BaselinePlace {
  std::string directory;          // of the baseline
  std::string working_directory;  // that the paths of the run are relative to
};

[[nodiscard]] Baseline baseline_of(const Run& run, const BaselinePlace& place);

// JSON, one entry a line, in order.
[[nodiscard]] std::string baseline_text(const Baseline& baseline);
// Failures say where in the file.
[[nodiscard]] Result<Baseline> read_baseline(const SourceFile& file);

// Takes the findings that `baseline` has out of `run`, the first ones where it has fewer of a kind,
// and counts them. Gives those of its entries that are no longer found, though their file was
// looked at or is gone, with how many are missing.
Baseline apply_baseline(const Baseline& baseline, const BaselinePlace& place,
                        const FileSystem& files, Run& run);

}  // namespace composelint::engine

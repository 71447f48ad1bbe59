// `check --fix`, all but the writing: checks, changes the texts, and checks again.
#pragma once

#include <composelint/file_system.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "analyzer/engine/check.h"
#include "analyzer/text/overlay_file_system.h"

namespace composelint::engine {

struct FixRequest {
  FixSafety most = FixSafety::kSafe;
  // Takes out of each run what is not to be fixed either; may be empty.
  std::function<void(Run&)> filter;
};

struct ChangedFile {
  std::string path;   // absolute
  std::string shown;  // as in reports
  std::string before;
  std::string after;
};

struct FixOutcome {
  Outcome before;
  Outcome after;  // as if the files were written; nothing where there was nothing to fix
  std::vector<ChangedFile> changed;  // by path
  std::size_t fixed = 0;             // findings
  std::size_t passes = 0;
  std::unique_ptr<text::OverlayFileSystem> files;  // that `after` has read

  // What is to be reported.
  [[nodiscard]] Outcome& left() { return passes == 0 ? before : after; }
};

// Only files that the check was asked about are changed. A change after which more of a file cannot
// be read, or a project of it is refused that was not, is taken back, with a notification.
[[nodiscard]] FixOutcome fix(const CheckRequest& request, const FileSystem& files,
                             std::span<const Rule* const> rules, const FixRequest& how);

}  // namespace composelint::engine

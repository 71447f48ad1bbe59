// The outcome of one `check`: what every report is made from.
#pragma once

#include <composelint/finding.h>
#include <composelint/rule.h>
#include <composelint/timeline.h>

#include <string>
#include <vector>

namespace composelint {

// A finding that a comment allows; `reason` is what the comment gives, possibly empty.
struct SuppressedFinding {
  Finding finding;
  Span comment;
  std::string reason;
};

// One compose invocation of the workspace, for `calls`.
struct CallRecord {
  const Step* step = nullptr;  // with step->call; owned by the workspace
  Context context = Context::kOps;
};

struct RunStats {
  std::size_t files = 0;  // read as script or compose file
  std::size_t scripts = 0;
  std::size_t compose_files = 0;
  std::size_t invocations = 0;
};

// Spans point into the workspace's files, which must outlive the Run. Everything is sorted by path,
// place and rule: the same input gives the same Run whatever the number of threads.
struct Run {
  std::vector<Finding> findings;
  std::vector<SuppressedFinding> suppressed;
  std::vector<Notification> notifications;
  std::vector<CallRecord> calls;
  RunStats stats;
};

}  // namespace composelint

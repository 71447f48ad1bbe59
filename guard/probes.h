// Asks the engine and its client about a project: read-only commands, all at the same time.
#pragma once

#include <string>
#include <vector>

#include "guard/command.h"
#include "guard/process.h"
#include "guard/snapshot.h"
#include "guard/surroundings.h"

namespace composelint::guard {

struct SnapshotWish {
  bool config = true;    // `config`, also with every profile
  bool dry_runs = true;  // what the task would touch, what has drifted
  bool image = true;
  bool volumes = false;  // when they were made
  std::vector<std::string> log_services;
  std::string log_since = "10m";  // as `docker compose logs --since` takes it
};

// Never fails as a whole: what could not be asked says so in its place.
[[nodiscard]] Snapshot take_snapshot(const GuardedCommand& command, const SnapshotWish& wish,
                                     Processes& processes, const Surroundings& around);

// A hash of what the client's `config` said and of the words of the command line: taken before the
// decision and again before the start, equal means that nothing has changed in between.
[[nodiscard]] std::string fingerprint(const Snapshot& snapshot, const GuardedCommand& command);

}  // namespace composelint::guard

// What is left of runs that never ended: seen, told, and put right.
#pragma once

#include <composelint/result.h>

#include <string>
#include <vector>

#include "guard/journal.h"
#include "guard/process.h"
#include "guard/surroundings.h"

namespace composelint::guard {

struct Leftover {
  JournalRun run;
  bool alive = false;                   // its guard still runs: nothing is left over yet
  std::vector<std::string> containers;  // ids with its label, running or not
  bool running = false;                 // one of them runs, or its process in one
  std::vector<std::string> paused;      // services it paused and nobody resumed
  std::string temporary{};              // output that was never put in its place
  std::string failure{};                // why its containers are not known; empty: they are
  bool script_alone = false;            // alive, and the guard of its script is gone
};

[[nodiscard]] std::vector<Leftover> leftovers(const std::vector<JournalRun>& runs,
                                              Processes& processes, const Surroundings& around);

// Resumes what it paused, removes its ended containers and its temporary file, and ends it in the
// journal ("recovered") once all of that is done; else it stays open. Sentences of what was done
// and of what failed; a step that fails does not stop the others. A task that still runs is left
// alone with what belongs to it: its output, and the services that were paused for it.
// Fails where the end cannot be written. The caller holds the lock of the project, as services
// that another run has paused since would be resumed.
[[nodiscard]] Result<std::vector<std::string>> recover(const Leftover& leftover, Journal& journal,
                                                       Processes& processes, Surroundings& around);

}  // namespace composelint::guard

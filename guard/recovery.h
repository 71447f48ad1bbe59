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
  bool running = false;                 // one of them runs
  std::vector<std::string> paused;      // services it paused and nobody resumed
  std::string temporary;                // output that was never put in its place
  std::string failure{};                // why the engine could not be asked; empty: it answered
  int code = -1;                        // of its container that has ended; -1: not known
};

[[nodiscard]] std::vector<Leftover> leftovers(const std::vector<JournalRun>& runs,
                                              Processes& processes, const Surroundings& around);

// Ends it in the journal, having resumed what it paused, removed its ended containers and its
// temporary file. A task that still runs is left alone, and that is told; so is everything while
// the engine does not answer, and while its guard is alive. What fails leaves it open, so that it
// can be tried again. Sentences of what was done.
[[nodiscard]] Result<std::vector<std::string>> recover(const Leftover& leftover, Journal& journal,
                                                       Processes& processes, Surroundings& around);

}  // namespace composelint::guard

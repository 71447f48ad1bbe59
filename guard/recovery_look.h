// What the engine still has of a run.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "guard/journal.h"
#include "guard/probe_commands.h"
#include "guard/process.h"
#include "guard/snapshot.h"
#include "guard/surroundings.h"

namespace composelint::guard {

// `docker …` that reaches the engine of the run, started where the run was while that is there.
[[nodiscard]] Command of_engine(const JournalRun& run,
                                std::initializer_list<std::string_view> words);

struct Containers {
  std::vector<Container> found;
  std::string failure;     // why that may not be all; empty: it is
  bool elsewhere = false;  // docker reaches another engine now: it must not be asked for anything
};

// The containers with the label of each run, asked for all at once; in the order of `runs`.
[[nodiscard]] std::vector<Containers> containers_of(std::span<const JournalRun* const> runs,
                                                    Processes& processes);
// Those of its project that are no one-offs.
[[nodiscard]] Containers services_of(const JournalRun& run, Processes& processes);

// What `exec` has begun in a container that is not its own.
struct ProcessLook {
  enum class State { kNotKnown, kRuns, kEnded } state = State::kNotKnown;
  int code = -1;        // of an ended one; -1: nobody says
  std::string failure;  // of kNotKnown
};
// Of a run whose processes the journal has.
[[nodiscard]] ProcessLook process_of(const JournalRun& run, Processes& processes,
                                     const Surroundings& around);

// How the task of `run` ended whose container is no more; -1: the engine has forgotten it.
[[nodiscard]] int code_of_gone(const JournalRun& run, Processes& processes,
                               const Surroundings& around);

// The client of a `run` or an `exec` that its guard has left behind: it may start the task yet. 0: there is
// none.
[[nodiscard]] std::int64_t client_of(const JournalRun& run);

// Its task may still do something: also a paused one, which only waits.
[[nodiscard]] bool lives(const Container& one);

}  // namespace composelint::guard

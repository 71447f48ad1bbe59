// Which steps come back only once something answers.
#pragma once

#include <composelint/source.h>
#include <composelint/step.h>
#include <composelint/timeline.h>

namespace composelint {

// A fixed pause.
[[nodiscard]] bool sleeps(const Step& step);

// The step, or the call that it comes from, is written inside of `place`.
[[nodiscard]] bool written_in(Span place, const Step& step);

// What `while` or `until` asks before each round.
[[nodiscard]] bool decides_a_loop(const Timeline& timeline, const Step& step);

// Inside of a loop that pauses between its rounds.
[[nodiscard]] bool repeats_with_pauses(const Timeline& timeline, const Step& step);

// `until [ -f ready ]; do sleep 1; done` before `use`: it waits for something, whatever that is.
[[nodiscard]] bool polls(const Timeline& timeline, const Step& step, const Step& use);

// Asks something that may answer or not: a container, an address.
[[nodiscard]] bool asks_for_life(const Step& step);

// `curl --retry 10 --retry-connrefused`, `wget --tries=20 --retry-connrefused`.
[[nodiscard]] bool retries(const Step& step);

enum class Waits {
  kNo,
  kMaybe,  // a loop that may be one, a failure that nobody sees
  kYes,    // the next step is reached once something has answered, or not at all
};

[[nodiscard]] Waits waits(const Timeline& timeline, const Step& step);

}  // namespace composelint

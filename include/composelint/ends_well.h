// A script that ends with 0 though its dump has failed.
#pragma once

#include <composelint/unchecked_step.h>
#include <composelint/wording.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace composelint {

namespace detail {

// Tells people something, or starts and stops what has nothing to do with the dump: it ends with 0
// whatever became of that.
[[nodiscard]] inline bool knows_nothing_of_it(const Step& step) {
  static constexpr std::array<std::string_view, 8> kVerbs = {"down",  "kill", "restart", "rm",
                                                             "start", "stop", "unpause", "up"};
  const auto among = [&](std::string_view verb) {
    return std::find(kVerbs.begin(), kVerbs.end(), verb) != kVerbs.end();
  };
  if (step.call) return among(step.call->verb);
  if (step.docker) {
    const std::string_view verb = step.docker->verb;
    return verb.starts_with("container ") && among(verb.substr(verb.rfind(' ') + 1));
  }
  const std::string_view program = program_name(step);
  return program == "echo" || program == "printf";
}

}  // namespace detail

// The last step, which the script gets to and ends well with whatever became of `earlier`; null
// where the script may look at that, or ends with another step.
[[nodiscard]] inline const Step* ends_well_behind(const Timeline& timeline, const Step& earlier) {
  const Step& last = timeline.steps.back();
  if (&last == &earlier || !detail::knows_nothing_of_it(last)) return nullptr;
  if (last.background || !runs_anyway(timeline, earlier, last)) return nullptr;
  // `exit $failed`, `tar … || exit`, a question: whoever wrote it thought of failures.
  for (std::size_t i = index_of(timeline, earlier) + 1; i < timeline.steps.size(); ++i) {
    const Step& step = timeline.steps[i];
    if (step.asks || step.status == StatusUse::kDecides) return nullptr;
    if (&step != &last && step.status == StatusUse::kStops) return nullptr;
  }
  return output_read_between(timeline, earlier, last) ? nullptr : &last;
}

}  // namespace composelint

// Steps that do harm when one before them has failed.
#pragma once

#include <composelint/argument.h>
#include <composelint/step.h>
#include <composelint/timeline.h>

#include <string>

namespace composelint {

// `rm -rf WHAT`; null where it removes nothing below the working directory for sure.
[[nodiscard]] const Argument* removed_here(const Step& step);

// What the step changes that a second thought does not bring back; empty: nothing, or not known.
[[nodiscard]] std::string harm_of(const Step& step);

// What a prune takes that a stack which has not come up would start from: images, volumes. Empty:
// nothing of that.
[[nodiscard]] std::string prune_of(const Step& step);

// The script is about containers at all.
[[nodiscard]] bool drives_containers(const Timeline& timeline);

// Between the two comes what `up` then starts for the first time: new images, new source.
[[nodiscard]] const Step* renewal_between(const Timeline& timeline, const Step& first,
                                          const Step& up);

}  // namespace composelint

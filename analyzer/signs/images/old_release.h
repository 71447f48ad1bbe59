// A deploy that says nothing of a step that brings the new release: the old one starts.
#pragma once

#include <composelint/finding.h>
#include <composelint/rule.h>
#include <composelint/step.h>
#include <composelint/timeline.h>

#include <span>
#include <string>

namespace composelint {

// `pull` of what the project runs itself, by a tag that moves, in front of `up -d`: a tag that a
// variable gives is not there before.
[[nodiscard]] bool pulls_a_release_for(const Step& pull, const Step& up);

// What of the old release the two lead to where the first has failed; empty: nothing.
[[nodiscard]] std::string starts_old(const Timeline& timeline, const Step& earlier,
                                     const Step& later);

// The plain ones: `build` and `up -d`, `git pull` and `up --build`.
[[nodiscard]] std::string starts_old_at_once(const Timeline& timeline, const Step& earlier,
                                             const Step& later);

// A note at most where somebody runs `pull` or `build` and a last `up -d` by hand: the containers
// stay as they are, and what went wrong stands above their prompt.
void weigh_old_starts(const WorkspaceFacts& facts, std::span<Finding* const> findings);

}  // namespace composelint

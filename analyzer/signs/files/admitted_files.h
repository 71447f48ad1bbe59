// Compose files that a call names by a variable, for which the script admits a few values.
#pragma once

#include <composelint/rule.h>
#include <composelint/step.h>
#include <composelint/timeline.h>

#include <vector>

namespace composelint {

// `-f "compose.$1.yml"` behind `if [ "$1" != staging ] && [ "$1" != live ]; then exit 1; fi`: the
// project of each of these files alone. Empty where one is not there, or it is not as plain as
// that.
[[nodiscard]] std::vector<const Project*> admitted_projects(const WorkspaceFacts& facts,
                                                            const Timeline& timeline,
                                                            const Step& step);

}  // namespace composelint

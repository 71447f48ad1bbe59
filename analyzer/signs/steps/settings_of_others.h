// Variables that a task gets from a file which is not in the repository, before it calls.
#pragma once

#include <composelint/compose.h>
#include <composelint/rule.h>
#include <composelint/step.h>
#include <composelint/timeline.h>

namespace composelint {

// `source /etc/shop/prod.env`, `. "$ENV_FILE"`: a file that the walk did not come into.
[[nodiscard]] bool sources_what_is_not_here(const Timeline& timeline, const Step& step);

// Some task that acts on the project, or hands its file to Swarm, has read such a file before.
[[nodiscard]] bool is_called_with_settings_of_others(const WorkspaceFacts& facts,
                                                     const Project& project);

}  // namespace composelint

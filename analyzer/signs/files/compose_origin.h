// Where `docker-compose` is known to be there.
#pragma once

#include <composelint/rule.h>
#include <composelint/source.h>
#include <composelint/step.h>
#include <composelint/timeline.h>

namespace composelint {

// `if command -v docker-compose; then`: where it is absent, nothing of this runs.
[[nodiscard]] bool is_looked_for(const Timeline& task, const Step& step);

// A script or a guide fetches the current standalone program to where the old one was, or installs
// it by pacman; or a script puts one there, as a link to the plugin or from the image that has it.
[[nodiscard]] bool is_brought_along(const WorkspaceFacts& facts, const SourceFile& file);

// Each workflow that names the script fetches the current standalone program for its jobs.
[[nodiscard]] bool is_brought_by_jobs(const WorkspaceFacts& facts, const SourceFile& file);

}  // namespace composelint

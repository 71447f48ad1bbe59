// What of a pause a script undoes itself.
#pragma once

#include <composelint/step.h>
#include <composelint/timeline.h>

#include <string>
#include <vector>

namespace composelint {

// The services that `out`, a call of compose, stops and the script starts again, by their own names
// or as something that depends on them.
[[nodiscard]] std::vector<std::string> brought_back(const Timeline& timeline, const Step& out);

// `stop web worker db … up -d --wait db`: those who serve are left to somebody else, and so is the
// whole.
[[nodiscard]] bool brings_back_the_database_alone(const Timeline& timeline, const Step& out);

// `docker stop cron` between `stop` and `start` of others, where cron is started again as well.
[[nodiscard]] bool is_part_of_the_pause(const Timeline& timeline, const Step& step);

}  // namespace composelint

// Lines behind one at which the script ends, whatever it was asked for.
#pragma once

#include <composelint/finding.h>
#include <composelint/rule.h>

#include <vector>

namespace composelint::engine {

// What a line would do is not told where a call before it on each way is one that the findings say
// Compose refuses, and errexit or `|| exit` hears of it. That a line is refused itself, is written
// for docker-compose 1.x or shows a secret stays true. A script that is not in the checkout may be
// on the machine, and nobody is told of it: that is no end. What is not told is handed back.
[[nodiscard]] std::vector<Finding> take_unreached(const WorkspaceFacts& facts,
                                                  std::vector<Finding>& findings);

}  // namespace composelint::engine

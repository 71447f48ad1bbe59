// Lines behind one at which the script ends, whatever it was asked for.
#pragma once

#include <composelint/file_system.h>
#include <composelint/finding.h>
#include <composelint/rule.h>

#include <string>
#include <vector>

namespace composelint::engine {

// What a line would do is not told where a call before it on each way is one that the findings say
// Compose refuses, or a script of the repository that is not there, and errexit or `|| exit` hears
// of it. That a line is refused itself, is written for docker-compose 1.x or shows a secret stays
// true. `base`: where shown paths start.
void drop_unreached(const WorkspaceFacts& facts, const FileSystem& files, const std::string& base,
                    std::vector<Finding>& findings);

}  // namespace composelint::engine

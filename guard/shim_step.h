// A step of a guarded script that is guard's business.
#pragma once

#include <string>
#include <vector>

namespace composelint::guard {

// `directory` is the session's. The exit code.
[[nodiscard]] int guard_step(std::vector<std::string> argv, const std::string& directory);

}  // namespace composelint::guard

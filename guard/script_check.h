// What can be seen of a script before it is started.
#pragma once

#include <string>
#include <vector>

#include "guard/surroundings.h"

namespace composelint::guard {

struct ScriptCheck {
  std::string findings;             // a report of the errors; empty: there are none
  std::vector<std::string> around;  // sentences: calls that would not come by guard on this machine
  std::vector<std::string> unseen;  // calls that guard cannot see, as they run on other machines
};

// `check` of the script in the context of operations. Each compose call of it is judged again, with
// the live stack, when it comes to it, so findings are told and stop nothing. `path` is PATH.
[[nodiscard]] ScriptCheck check_script(const std::string& script, const char* path,
                                       const Surroundings& around);

// The same of `make` and its arguments: what its makefile says of PATH.
[[nodiscard]] ScriptCheck check_make(const std::vector<std::string>& words, const char* path,
                                     const Surroundings& around);

}  // namespace composelint::guard

// What stands before a command and runs it: sudo, env, timeout. They decide what it sees, and with
// which of them the same engine is asked.
#pragma once

#include <composelint/argument.h>
#include <composelint/result.h>

#include <map>
#include <string>
#include <vector>

#include "guard/surroundings.h"

namespace composelint::guard {

struct Wrapping {
  std::size_t command_at = 0;                      // index of the wrapped program
  std::vector<std::string> prefix;                 // words of those that decide who asks: sudo, env
  std::map<std::string, std::string> environment;  // that the command sees
};

// Fails with kUsage where what a wrapper does to the command cannot be foreseen: other machines,
// shell texts, programs that run it several times. A program that is no wrapper ends the reading.
[[nodiscard]] Result<Wrapping> read_wrapping(const std::vector<Argument>& argv,
                                             const Surroundings& around);

}  // namespace composelint::guard

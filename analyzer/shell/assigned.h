// The variables that a script sets somewhere, whatever the way there.
#pragma once

#include <composelint/shell.h>

#include <set>
#include <string>

namespace composelint::shell {

// Adds the names: assignments, loop variables, operands of read, declare and their like.
void add_assigned(const Script& script, std::set<std::string, std::less<>>& names);

}  // namespace composelint::shell

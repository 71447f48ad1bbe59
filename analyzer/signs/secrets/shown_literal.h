// A password on a command line that the repository shows in clear as well.
#pragma once

#include <composelint/finding.h>
#include <composelint/rule.h>

#include <span>
#include <string_view>

namespace composelint {

// The value, where some compose file of the repository has it for a password, or the script itself
// puts it into a variable; else empty.
[[nodiscard]] std::string_view shown_literal(const Finding& finding, const WorkspaceFacts& facts);

// A password that the repository itself shows is told once, and not at all where anybody would try
// it first.
void tell_shown_literals_once(const WorkspaceFacts& facts, std::span<Finding* const> findings);

}  // namespace composelint

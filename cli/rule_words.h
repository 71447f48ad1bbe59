// Rules as a command line names them.
#pragma once

#include <composelint/rule.h>

#include <span>
#include <string>
#include <vector>

#include "cli/arguments.h"

namespace composelint::cli {

// What is wrong with the words behind `option`, of which each has to name one of `known` or to be a
// pattern that fits one; empty: nothing.
[[nodiscard]] std::string unknown_rules(std::string_view option, const Words& words,
                                        std::span<const Rule* const> known);

// The same of --select and --ignore. Rules of a configuration are known once it has been read.
[[nodiscard]] std::string wrong_choice(const CheckOptions& options,
                                       std::span<const Rule* const> known);

// "there is no rule "x"; did you mean "y"?"
[[nodiscard]] std::string no_such_rule(std::string_view word, std::span<const Rule* const> known);

}  // namespace composelint::cli

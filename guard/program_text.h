// Secrets in a text that an interpreter or a client of a database is given to run.
#pragma once

#include <string_view>
#include <vector>

#include "guard/secret_words.h"

namespace composelint::guard {

// Quoted strings that are arguments of a call by a secret name or of what makes a hash
// (`changeUserPassword("u", "x")`, `bcrypt('x')`), that the value behind a secret name is made of
// (`password = foo('x')`), that follow the name as the next string (`'smtp_password', 'x'`), and
// those of an INSERT with a secret column. More may be masked than is secret; what is not quoted is
// never touched.
[[nodiscard]] std::vector<TextRange> program_ranges(std::string_view text);

}  // namespace composelint::guard

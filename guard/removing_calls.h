// Calls by which a program in Perl, Python, Ruby, PHP or JavaScript removes files.
#pragma once

#include <string_view>

namespace composelint::guard {

// It removes files, writes over them, or runs others that do. In Perl `'>'` is a mode of a file.
[[nodiscard]] bool calls_remover(std::string_view program, bool perl);

}  // namespace composelint::guard

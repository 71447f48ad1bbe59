// Programs that do what they read: shells, clients, interpreters.
#pragma once

#include <string_view>

namespace composelint::guard {

[[nodiscard]] bool is_shell(std::string_view program);

// The option by which a program takes in words what it would else read; empty: none.
[[nodiscard]] std::string_view option_of(std::string_view program);

}  // namespace composelint::guard

// Whether a request of curl and its like only gets something.
#pragma once

#include <composelint/argument.h>

#include <span>
#include <string_view>

namespace composelint::calls {

// `program` is curl, wget, http, xh or httpie; `words` stand behind it. It sends nothing and writes
// no file.
[[nodiscard]] bool request_only_looks(std::string_view program, std::span<const Argument> words);

}  // namespace composelint::calls

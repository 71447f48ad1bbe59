// The library's refusals in words that say what to do.
#pragma once

#include <string>
#include <string_view>

namespace composelint::yaml {

// `reason` is the library's text; `piece` what stands at its place, empty at the end of the file.
[[nodiscard]] std::string explain(std::string_view reason, std::string_view piece);

}  // namespace composelint::yaml

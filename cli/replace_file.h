// Writing a file that was read before, so that nobody ever sees half of it.
#pragma once

#include <composelint/result.h>

#include <string>
#include <string_view>

namespace composelint::cli {

// Replaces the regular file at `path` in one step; mode and owner stay, and through a link it is
// the file that is replaced. Fails, and leaves all as it was, where the file no longer holds
// `expected`.
[[nodiscard]] MaybeFailure replace_file(const std::string& path, std::string_view expected,
                                        std::string_view text);

}  // namespace composelint::cli

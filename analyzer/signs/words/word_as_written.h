// What a message shows of a command's word.
#pragma once

#include <composelint/argument.h>

#include <cstddef>
#include <string>
#include <vector>

namespace composelint {

// The word as its reader knows it: a value that a variable puts in may be a password, or a path of
// this machine. What `"$@"` hands on stands in the call, and the words of `$DC` are several.
[[nodiscard]] std::string word_as_written(const std::vector<Argument>& words, std::size_t at);

}  // namespace composelint

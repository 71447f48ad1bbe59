// "Did you mean": the word somebody most likely wanted to write.
#pragma once

#include <span>
#include <string_view>

namespace composelint {

// The candidate nearest to `word` by letters left out, put in, changed or swapped; case and '-'
// against '_' do not count. Empty when none is near: one slip in up to four letters, two in more.
// Of candidates equally near, the first.
[[nodiscard]] std::string_view nearest(std::string_view word,
                                       std::span<const std::string_view> candidates);

}  // namespace composelint

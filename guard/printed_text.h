// What `echo` and `printf` print, and what a decoder makes of it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace composelint::guard {

// `echo -e 'a\nb'`, `printf 'drop table %s;' a b`; nothing: the words are those of another program,
// or it prints nothing.
[[nodiscard]] std::optional<std::string> printed_text(const std::vector<std::string>& words);

// `base64 -d`, `xxd -r -p` of `text`; nothing: it is no decoder.
[[nodiscard]] std::optional<std::string> decoded_text(const std::vector<std::string>& words,
                                                      std::string_view text);

}  // namespace composelint::guard

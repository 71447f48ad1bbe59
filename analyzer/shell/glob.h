// Shell patterns (POSIX 2.13) on known text.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace composelint::shell {

// `pattern` with *, ?, […]; a backslash takes the special meaning off the next character. The whole
// of `text` must match.
[[nodiscard]] bool glob_matches(std::string_view pattern, std::string_view text);

// `text` with a backslash before everything a pattern could take as special.
[[nodiscard]] std::string glob_quoted(std::string_view text);

// The range the pattern takes at the front or at the back of the text.
struct GlobRange {
  std::size_t begin = 0;
  std::size_t size = 0;
};
[[nodiscard]] std::optional<GlobRange> glob_prefix(std::string_view pattern, std::string_view text,
                                                   bool longest);
[[nodiscard]] std::optional<GlobRange> glob_suffix(std::string_view pattern, std::string_view text,
                                                   bool longest);
// The first place from `from` on, as long as possible there.
[[nodiscard]] std::optional<GlobRange> glob_search(std::string_view pattern, std::string_view text,
                                                   std::size_t from);

}  // namespace composelint::shell

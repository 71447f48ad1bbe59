// What a file is to this tool, told by its name, its first bytes, or both.
#pragma once

#include <cstddef>
#include <string_view>

namespace composelint::engine {

enum class FileRole {
  kOther,    // nothing to look at
  kCompose,  // a compose file
  kShell,    // a shell script
  kHost,     // another file with shell in it: hosts::find_host tells which
};

// How much of a file has to be read before its role is known.
enum class Look {
  kName,     // nothing: the name decides
  kShebang,  // the first line
  kHead,     // enough to see the top-level keys
};

inline constexpr std::size_t kShebangBytes = 256;
inline constexpr std::size_t kHeadBytes = std::size_t{64} << 10;

// What has to be read of `path`. An `executable` without a telling extension is worth a look.
[[nodiscard]] Look look_for(std::string_view path, bool executable);

// The role of `path` whose first bytes are `head` (empty after Look::kName).
[[nodiscard]] FileRole classify(std::string_view path, std::string_view head);

// The program that a "#!" line runs, seen through env and its options: "bash", "python3"; empty
// without such a line.
[[nodiscard]] std::string_view interpreter(std::string_view head);

// Whether YAML text has services as Compose knows them at its top level. Continuous integration,
// Symfony and Helm have keys of that name too.
[[nodiscard]] bool looks_like_compose(std::string_view head);

}  // namespace composelint::engine

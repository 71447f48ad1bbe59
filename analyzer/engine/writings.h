// The ways in which files that hold shell write its text.
#pragma once

#include <composelint/source.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace composelint::engine {

// Letters, digits and a few marks that no shell and no host reads anything into.
[[nodiscard]] bool is_inert(std::string_view text);

// `text` with the line ends of `file`.
[[nodiscard]] std::string with_line_ends_of(const SourceFile& file, std::string_view text);

// As it is, with the indentation of a block, escaped for make, for the quotes of YAML or JSON, for
// systemd or cron.
inline constexpr std::size_t kWritings = 9;

// `text` in one of these ways, so that a shell gets it as it is out of `file` at `offset`. Which
// one is right shows when the file is read again.
[[nodiscard]] std::string written(std::size_t way, std::string_view text, const SourceFile& file,
                                  std::uint32_t offset);

}  // namespace composelint::engine

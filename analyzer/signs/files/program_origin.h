// Where a script's `docker-compose` comes from: its own install, an alias, other people's code.
#pragma once

#include <composelint/source.h>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace composelint {

// The standalone program of the current line is meant: it is fetched from where that is published.
[[nodiscard]] bool brings_its_own(std::string_view text);

// Other people's code, which comes and goes with its release.
[[nodiscard]] bool is_vendored(std::string_view path);

// The line of `alias docker-compose='docker compose'`; 0 without one, or where aliases count.
[[nodiscard]] std::uint32_t lost_alias_in(const SourceFile& file);

[[nodiscard]] bool installs_first_line(std::string_view text);

// A release of the first line is fetched, run as an image or named as the one to have.
[[nodiscard]] bool pins_first_line(std::string_view text);

// How often the text names the program, and no file or image of a like name. Comments do not count.
[[nodiscard]] std::size_t mentions_of_program(std::string_view text);

}  // namespace composelint

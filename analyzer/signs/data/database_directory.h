// Directories of this machine in which a database of a project keeps its files.
#pragma once

#include <composelint/argument.h>
#include <composelint/compose.h>
#include <composelint/invocation.h>

#include <optional>
#include <string>
#include <string_view>

namespace composelint {

// "data" of "./data/*".
[[nodiscard]] std::string plain_path(std::string path);

// The directory of this machine in which a database of the project keeps its files.
[[nodiscard]] bool holds_a_database(const Project& project, std::string_view path);

// What is removed; `data` of `$PWD/data` too. Nothing where it is not known.
[[nodiscard]] std::optional<std::string> path_of_directory(const Argument& word);

// In each of the projects that the call may act on.
[[nodiscard]] bool holds_a_database(const Target& target, std::string_view path);

}  // namespace composelint

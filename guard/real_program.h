// The program that a shim stands in front of.
#pragma once

#include <string>
#include <string_view>

namespace composelint::guard {

// The directories of PATH in order; an empty one is ".". `path` null: as the C library has it.
// `take` gives each; it stops where that answers true.
template <typename Take>
void each_directory(const char* path, Take take) {
  std::string_view rest = path == nullptr ? "/bin:/usr/bin" : path;
  while (true) {
    const std::size_t end = rest.find(':');
    const std::string_view directory = rest.substr(0, end);
    if (take(directory.empty() ? std::string_view(".") : directory)) return;
    if (end == std::string_view::npos) return;
    rest.remove_prefix(end + 1);
  }
}

// The first program `name` in `path` that may be run and is not this one; empty: there is none.
// However often the shims stand in PATH, and those of other sessions, none of them is it.
[[nodiscard]] std::string find_real_program(std::string_view name, const char* path);

// `path` without the directories whose `name` is this program itself.
[[nodiscard]] std::string path_without_shims(std::string_view name, const char* path);

// Becomes the program: returns only when that failed, with what a shell would give (126, 127) and
// a line on standard error.
[[nodiscard]] int become(const std::string& program, std::string_view name, char** argv);

}  // namespace composelint::guard

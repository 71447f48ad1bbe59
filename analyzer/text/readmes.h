// The pages that speak of a directory: the READMEs in it.
#pragma once

#include <composelint/file_system.h>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace composelint::text {

inline constexpr std::size_t kMostOfAReadme = 256 * 1024;  // bytes

struct Readme {
  std::string text;    // as far as it is read
  bool first = false;  // `README.md`: not `README_DE.md`, not one on a part
};

// The first ones before the others, `README.md` before `README.rst`.
[[nodiscard]] std::vector<Readme> readmes_in(const FileSystem& files, const std::string& directory,
                                             std::size_t most = kMostOfAReadme);

// The text of the one that stands before all others, where it is a first one; the others are not
// read.
[[nodiscard]] std::optional<std::string> first_readme_in(const FileSystem& files,
                                                         const std::string& directory);

}  // namespace composelint::text

// The pages that speak of a directory: the READMEs in it.
#pragma once

#include <composelint/file_system.h>

#include <string>
#include <vector>

namespace composelint::text {

struct Readme {
  std::string text;    // as far as it is read, 256 KiB
  bool first = false;  // `README.md`: not `README_DE.md`, not one on a part
};

// The first ones before the others, `README.md` before `README.rst`.
[[nodiscard]] std::vector<Readme> readmes_in(const FileSystem& files, const std::string& directory);

}  // namespace composelint::text

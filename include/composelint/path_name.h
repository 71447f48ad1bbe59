// The last component of a path as it is written: "gzip" of /usr/bin/gzip, "web" of registry/web.
#pragma once

#include <string_view>

namespace composelint {

// The whole path where it has no '/', nothing where it ends with one. A view into `path`.
[[nodiscard]] inline std::string_view file_name(std::string_view path) {
  return path.substr(path.rfind('/') + 1);  // npos + 1 is 0
}

}  // namespace composelint

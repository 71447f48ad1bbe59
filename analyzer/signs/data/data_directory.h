// Where the server of a database image keeps its data, and whether a mount is there.
#pragma once

#include <composelint/compose.h>

#include <optional>
#include <string>

namespace composelint {

struct DataDirectory {
  std::string path;
  std::string root;               // a mount anywhere below may be that of the data
  const Mount* mount = nullptr;   // an anonymous volume that the file gives it
  const Mount* above = nullptr;   // a mount above it, which the image's own volume hides
  const Mount* old = nullptr;     // where releases before kept it: the image does not start with it
  const Mount* beside = nullptr;  // meant for it, at a path that is another
};

// The server itself, with options at most; not a client, and not a server that keeps its data
// elsewhere.
[[nodiscard]] bool starts_the_server(const Service& service);

// Files for the server to read, and places to write dumps to.
[[nodiscard]] bool holds_no_data(const Mount& mount);

// The directory whose content no named volume, directory of the host or tmpfs holds; nothing where
// one may, and where it is not known what is stored where.
[[nodiscard]] std::optional<DataDirectory> unkept_data_of(const Service& service);

}  // namespace composelint

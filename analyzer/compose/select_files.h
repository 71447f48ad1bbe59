// Which files a call reads, from where relative paths start, and which variables it knows.
#pragma once

#include <composelint/result.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/compose/environment.h"
#include "analyzer/compose/load.h"

namespace composelint::compose {

// What a directory's own file is called, the first that is there counts.
inline constexpr std::array<const char*, 4> kDefaultNames = {
    "compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"};

// `name` is that of a file, without its directory.
[[nodiscard]] bool is_default_name(std::string_view name);

// The directory has a file of one of those names.
[[nodiscard]] bool has_default_file(const FileSystem& files, const std::string& directory);

struct Selection {
  std::vector<std::string> files;  // absolute, "-" for standard input
  bool default_files = false;      // found by searching, not named
  std::string directory;           // the project directory, absolute
  Environment environment;         // of the call, of env files, and PWD
  std::vector<std::string> profiles;
};

// Fails with kNotFound when there is no compose file at all.
[[nodiscard]] Result<Selection> select_files(Load& load);

}  // namespace composelint::compose

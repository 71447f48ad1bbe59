// Where containers keep what would be lost.
#pragma once

#include <composelint/compose.h>

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/data/image_data.h"

namespace composelint::guard {

// Where servers keep their data, also when nothing is mounted there: by the images that are known,
// and by other images and packages.
[[nodiscard]] inline std::vector<std::string_view> data_directories() {
  std::vector<std::string_view> out = {"/bitnami", "/var/lib/mongodb", "/var/lib/neo4j",
                                       "/var/lib/redis", "/var/opt/mssql"};
  for (const ImageData& image : kImageData) out.push_back(image.path);
  return out;
}

// Neither a socket nor settings.
[[nodiscard]] inline bool may_hold_data(const Mount& mount) {
  return !mount.read_only && mount.type != "tmpfs" && mount.target.size() > 1 &&
         !mount.target.starts_with("/docker-entrypoint") && !mount.target.starts_with("/etc/") &&
         !mount.target.starts_with("/var/run/") && !mount.target.starts_with("/run/");
}

[[nodiscard]] inline std::string without_slash(std::string path) {
  while (path.ends_with("/.")) path.resize(path.size() - 2);
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  return path.empty() ? "/" : path;
}

}  // namespace composelint::guard

// Where containers keep what would be lost.
#pragma once

#include <composelint/compose.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace composelint::guard {

// Directories of images, also when nothing is mounted there.
inline constexpr std::array<std::string_view, 10> kDataDirectories = {
    "/var/lib/postgresql", "/var/lib/mysql",     "/data/db", "/var/lib/redis",
    "/var/lib/mongodb",    "/var/lib/cassandra", "/bitnami", "/var/lib/clickhouse",
    "/var/opt/mssql",      "/var/lib/neo4j"};

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

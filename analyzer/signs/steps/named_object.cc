#include "analyzer/signs/steps/named_object.h"

#include <composelint/lower_case.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <string_view>
#include <vector>

namespace composelint {

namespace {

// "cdn" and "cache" of `purge-cdn-cache`, of `purgeCdnCache`; without the s of several.
std::vector<std::string> parts_of_name(std::string_view name) {
  std::vector<std::string> parts(1);
  bool small = false;
  for (const char c : name) {
    const auto letter = static_cast<unsigned char>(c);
    if (std::isalnum(letter) == 0 || (small && std::isupper(letter) != 0)) parts.emplace_back();
    small = std::islower(letter) != 0;
    if (std::isalnum(letter) != 0) parts.back() += c;
  }
  for (std::string& part : parts) {
    part = lower_case(part);
    if (part.size() > 2 && part.ends_with('s') && !part.ends_with("ss")) part.pop_back();
  }
  return parts;
}

}  // namespace

bool names_other_things_than_data(std::string_view name) {
  static constexpr std::array<std::string_view, 19> kOthers = {
      "artifact", "cache", "cdn",    "cert",    "container", "cookie",   "image",
      "lock",     "log",   "module", "network", "orphan",    "password", "process",
      "session",  "temp",  "tmp",    "token",   "user"};
  static constexpr std::array<std::string_view, 29> kData = {
      "all",        "bucket",   "clickhouse", "collection",    "couchdb",     "data",
      "database",   "db",       "elastic",    "elasticsearch", "environment", "everything",
      "index",      "influxdb", "mariadb",    "mongo",         "mongodb",     "mysql",
      "opensearch", "pg",       "postgre",    "postgresql",    "record",      "row",
      "schema",     "stack",    "storage",    "table",         "volume"};
  const std::vector<std::string> parts = parts_of_name(name);
  const auto has_one_of = [&](const auto& words) {
    return std::any_of(parts.begin(), parts.end(), [&](const std::string& part) {
      return std::find(words.begin(), words.end(), part) != words.end();
    });
  };
  return has_one_of(kOthers) && !has_one_of(kData);
}

}  // namespace composelint

// Where the images of database servers keep their data.
#pragma once

#include <composelint/path_name.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace composelint::detail {

// PostgreSQL 18 keeps its data in another folder below the same root, and its images declare the
// root as their volume; those before it `root`/data.
struct ImageData {
  std::string_view image;  // last component, without the tag
  std::string_view path;
  std::string_view root;
};

inline constexpr std::array<ImageData, 14> kImageData = {{
    {"cassandra", "/var/lib/cassandra", "/var/lib/cassandra"},
    {"clickhouse-server", "/var/lib/clickhouse", "/var/lib/clickhouse"},
    {"couchdb", "/opt/couchdb/data", "/opt/couchdb"},
    {"influxdb", "/var/lib/influxdb", "/var/lib"},
    {"mariadb", "/var/lib/mysql", "/var/lib/mysql"},
    {"mongo", "/data/db", "/data"},
    {"mysql", "/var/lib/mysql", "/var/lib/mysql"},
    {"mysql-server", "/var/lib/mysql", "/var/lib/mysql"},
    {"neo4j", "/data", "/data"},
    {"percona", "/var/lib/mysql", "/var/lib/mysql"},
    {"pgvector", "/var/lib/postgresql", "/var/lib/postgresql"},
    {"postgis", "/var/lib/postgresql", "/var/lib/postgresql"},
    {"postgres", "/var/lib/postgresql", "/var/lib/postgresql"},
    {"timescaledb", "/var/lib/postgresql", "/var/lib/postgresql"},
}};

[[nodiscard]] inline const ImageData* image_data(std::string_view image) {
  image = file_name(image);
  const std::size_t colon = image.find(':');
  const bool second = colon != std::string_view::npos && image.substr(colon + 1).starts_with('2');
  image = image.substr(0, image.find_first_of(":@"));
  static constexpr ImageData kSecondInflux = {"influxdb", "/var/lib/influxdb2", "/var/lib"};
  if (image == "influxdb" && second) return &kSecondInflux;
  const auto found = std::find_if(kImageData.begin(), kImageData.end(),
                                  [&](const ImageData& row) { return row.image == image; });
  return found == kImageData.end() ? nullptr : &*found;
}

// The major release that the tag of a PostgreSQL image names: 16 of "16.4-alpine", "pg16",
// "2.14-pg15" and "16-3.4"; 0: none, or it is no such image.
[[nodiscard]] inline int postgres_major(std::string_view image, const ImageData& row) {
  if (row.path != "/var/lib/postgresql") return 0;
  image = file_name(image);
  const std::size_t colon = image.find(':');
  if (colon == std::string_view::npos) return 0;
  std::string_view tag = image.substr(colon + 1);
  tag = tag.substr(0, tag.find('@'));
  const bool own_numbers = row.image == "pgvector" || row.image == "timescaledb";
  const std::size_t pg = tag.find("pg");
  if (pg != std::string_view::npos) tag.remove_prefix(pg + 2);
  if (pg == std::string_view::npos && own_numbers) return 0;
  int major = 0;
  for (std::size_t i = 0; i < tag.size() && i < 2 && tag[i] >= '0' && tag[i] <= '9'; ++i) {
    major = major * 10 + (tag[i] - '0');
  }
  return major;
}

}  // namespace composelint::detail

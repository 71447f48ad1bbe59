// Where the images of database servers keep their data.
#pragma once

#include <array>
#include <string_view>

namespace composelint {

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

[[nodiscard]] const ImageData* image_data(std::string_view image);

// The major release that the tag of a PostgreSQL image names: 16 of "16.4-alpine", "pg16",
// "2.14-pg15" and "16-3.4"; 0: none, or it is no such image.
[[nodiscard]] int postgres_major(std::string_view image, const ImageData& row);

}  // namespace composelint

#include "analyzer/signs/data/database_port.h"

#include <composelint/path_name.h>
#include <composelint/service_role.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "analyzer/signs/images/image_name.h"
#include "analyzer/signs/reports/attributes.h"

namespace composelint {

namespace {

bool is_database_port(std::int64_t port) {
  static constexpr std::array<std::int64_t, 18> kPorts = {1433, 1521, 3306, 5432,  5984,  6379,
                                                          7000, 7474, 7687, 8086,  8123,  8529,
                                                          9000, 9042, 9200, 11211, 26257, 27017};
  return std::find(kPorts.begin(), kPorts.end(), port) != kPorts.end();
}

}  // namespace

bool is_database_image(const Service& service) {
  static constexpr std::array<std::string_view, 36> kImages = {
      "azure-sql-edge", "arangodb",      "cassandra",    "clickhouse-server",
      "cockroach",      "couchdb",       "couchbase",    "dragonfly",
      "elasticsearch",  "influxdb",      "keydb",        "mariadb",
      "memcached",      "mongo",         "mongodb",      "mssql-server",
      "server",         "mysql",         "mysql-server", "neo4j",
      "opensearch",     "oracle-free",   "oracle-xe",    "percona",
      "percona-server", "pgautoupgrade", "pgvector",     "postgis",
      "postgres",       "postgresql",    "redis",        "redis-stack",
      "rethinkdb",      "scylla",        "timescaledb",  "valkey"};
  if (!service.image || !service.image->known || service.build) return false;
  const std::string name = image_name(service.image->value).name;
  std::string_view last = name;
  last = file_name(last);
  if (last.ends_with("-oss")) last.remove_suffix(4);  // elasticsearch-oss: the same server
  if (last == "server") return name.find("mssql") != std::string::npos;
  return std::find(kImages.begin(), kImages.end(), last) != kImages.end();
}

namespace {

// `PGHOST`, `DB_HOST`, `DATABASE_URL`: a pooler or a tunnel knows the secrets as well.
bool asks_another(const Service& service) {
  return std::any_of(service.environment.begin(), service.environment.end(), [](const auto& each) {
    const std::string_view name = each.first;
    return name.ends_with("HOST") || name.ends_with("_URL") || name.ends_with("_URI");
  });
}

// What only the server itself is told, and answers on: whatever the image that is built here comes
// from.
bool is_set_up_to_answer_on(const Service& service, std::int64_t port) {
  struct Row {
    std::string_view variable;
    std::int64_t port;
  };
  static constexpr std::array<Row, 6> kRows = {{{"MARIADB_ROOT_PASSWORD", 3306},
                                                {"MONGO_INITDB_ROOT_PASSWORD", 27017},
                                                {"MSSQL_SA_PASSWORD", 1433},
                                                {"MYSQL_ROOT_PASSWORD", 3306},
                                                {"POSTGRES_HOST_AUTH_METHOD", 5432},
                                                {"POSTGRES_PASSWORD", 5432}}};
  if (!service.build || asks_another(service)) return false;
  return std::any_of(kRows.begin(), kRows.end(), [&](const Row& row) {
    return row.port == port &&
           std::any_of(service.environment.begin(), service.environment.end(),
                       [&](const auto& each) { return each.first == row.variable; });
  });
}

}  // namespace

bool is_open_database(const PublishedPort& port, const Service& service) {
  if (!port.known || !port.on_all_addresses()) return false;
  if (text_at(service, "network_mode") == "host") return false;
  if (is_database_image(service)) return is_database_port(port.target);
  const bool plain = port.target == 5432 || port.target == 3306 || port.target == 27017 ||
                     port.target == 6379 || port.target == 1433;
  const ServiceRole role = role_of(service);
  return is_set_up_to_answer_on(service, port.target) ||
         (plain && (role == ServiceRole::kDatabase || role == ServiceRole::kCache));
}

}  // namespace composelint

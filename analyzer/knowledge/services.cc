// What a service is there for. The image tells more than the name does.
#include <algorithm>
#include <cctype>
#include <string>

#include "analyzer/knowledge/vocabulary.h"
#include "analyzer/knowledge/vocabulary_match.h"
#include "analyzer/text/path.h"

namespace composelint::knowledge {
namespace {

constexpr std::string_view kDatabaseImages =
    "postgres|postgresql|postgis|pgvector|timescale*|pgautoupgrade|mysql|mysql-server|mariadb|"
    "percona*|"
    "mongo|mongodb*|mssql*|azure-sql-edge|cockroach*|clickhouse*|cassandra|scylla|neo4j|influxdb*|"
    "couchdb|etcd|"
    "elasticsearch|opensearch|minio|supabase-postgres|spilo*|rqlite|surrealdb|arangodb";
constexpr std::string_view kCacheImages =
    "redis|redis-stack*|valkey|keydb|dragonfly|memcached|rabbitmq|nats|kafka|cp-kafka|redpanda";
constexpr std::string_view kProxyImages = "nginx|traefik|caddy|haproxy|envoy|nginx-proxy*|swag";

struct NameRole {
  std::string_view words;
  ServiceRole role;
};

// A word of the name, digits at its end aside. The first row that holds wins.
constexpr NameRole kNameRoles[] = {
    {"migrat*|init|initdb|initializer|setup|seed|seeder|manage|cli|wpcli|drush|composer|npm|"
     "artisan|"
     "tools|tool|test|tests|playwright|cypress|certbot|inits|backup|backups|restore|bootstrap|"
     "prestart|flyway|liquibase|createbuckets|shell|console|console-tools|util|job",
     ServiceRole::kOneOff},
    {"redis|valkey|keydb|memcached|cache|rabbitmq|broker|kafka|nats|mq", ServiceRole::kCache},
    {"worker*|celery*|beat|sidekiq|queue|queues|horizon|consumer*|scheduler|cron|rq|resque|jobs|"
     "processor|crontabber|dag|submitter|updater|taskworker|runner|sync|triggerer",
     ServiceRole::kWorker},
    {"db|database|postgres|postgresql|pg|pgsql|psql|mysql|mariadb|mongo|mongodb|clickhouse|fcrepo|"
     "solr|elasticsearch|opensearch|mssql|influxdb|timescaledb|cassandra|neo4j|cockroach|minio",
     ServiceRole::kDatabase},
    {"nginx|traefik|caddy|haproxy|front|proxy|gateway|ingress|lb", ServiceRole::kProxy},
    {"web|webserver|app|api|backend|server|django|rails|php|fpm|laravel|node|uwsgi|gunicorn|"
     "platform|core|site|frontend|flask|fastapi|wordpress",
     ServiceRole::kApplication}};

// "ghcr.io/x/postgis:15-3.4@sha256:…" is a postgis.
std::string_view image_base(std::string_view image) {
  image = text::name_of(image);
  return image.substr(0, image.find_first_of(":@"));
}

bool has_word(std::string_view name, std::string_view alternatives) {
  std::string word;
  for (std::size_t at = 0; at <= name.size(); ++at) {
    if (at < name.size() && std::isalnum(static_cast<unsigned char>(name[at])) != 0) {
      word += static_cast<char>(std::tolower(static_cast<unsigned char>(name[at])));
      continue;
    }
    while (!word.empty() && std::isdigit(static_cast<unsigned char>(word.back())) != 0) {
      word.pop_back();
    }
    if (!word.empty() && matches_any(alternatives, word)) return true;
    word.clear();
  }
  return false;
}

}  // namespace

ServiceRole service_role(std::string_view name, std::string_view image) {
  const std::string_view base = image_base(image);
  if (!base.empty()) {
    if (matches_any(kDatabaseImages, base)) {
      // A backup job runs the database's own image.
      return has_word(name, kNameRoles[0].words) ? ServiceRole::kOneOff : ServiceRole::kDatabase;
    }
    if (matches_any(kCacheImages, base)) return ServiceRole::kCache;
    if (matches_any(kProxyImages, base)) return ServiceRole::kProxy;
  }
  for (const NameRole& row : kNameRoles) {
    if (has_word(name, row.words)) return row.role;
  }
  return ServiceRole::kUnknown;
}

}  // namespace composelint::knowledge

namespace composelint {

namespace {

// Settings by which a database is made, beside the directory where it keeps its data.
bool is_set_up_as_a_database(const Service& service) {
  constexpr std::string_view kSettings =
      "POSTGRES_PASSWORD|PGDATA|MYSQL_ROOT_PASSWORD|MARIADB_ROOT_PASSWORD|"
      "MONGO_INITDB_ROOT_PASSWORD";
  constexpr std::string_view kDirectories =
      "/var/lib/postgresql*|/var/lib/mysql|/bitnami/postgresql|/bitnami/mariadb|/data/db";
  const auto& settings = service.environment;
  return std::any_of(
             settings.begin(), settings.end(),
             [&](const auto& each) { return knowledge::matches_any(kSettings, each.first); }) &&
         std::any_of(service.mounts.begin(), service.mounts.end(), [&](const Mount& mount) {
           return knowledge::matches_any(kDirectories, mount.target);
         });
}

}  // namespace

ServiceRole role_of(const Service& service) {
  const std::string image = service.image ? service.image->value : "";
  // Nothing but the server is run, whatever the service is called.
  const bool plain = !service.build && !service.command && !service.entrypoint &&
                     service.profiles.empty() && !image.empty();
  if (plain && knowledge::service_role("", image) == ServiceRole::kDatabase) {
    return ServiceRole::kDatabase;
  }
  const ServiceRole role = knowledge::service_role(service.name, image);
  // `data_base`, of an image of the owner's own.
  const bool unknown = role == ServiceRole::kUnknown;
  return unknown && is_set_up_as_a_database(service) ? ServiceRole::kDatabase : role;
}

}  // namespace composelint

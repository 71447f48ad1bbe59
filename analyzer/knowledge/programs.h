// Names under which one program is started, for the rows of the fact tables.
#pragma once

#include <string_view>

namespace composelint::knowledge {

inline constexpr std::string_view kDjango = "manage.py|django-admin|django-admin.py|django";
inline constexpr std::string_view kRails = "rails|rake|gitlab-rake";
inline constexpr std::string_view kSymfony = "console";
inline constexpr std::string_view kDrupal = "drush|drush.phar";
inline constexpr std::string_view kWordPress = "wp|wp-cli|wp-cli.phar";
inline constexpr std::string_view kNextcloud = "occ";
inline constexpr std::string_view kMagento = "magento|n98-magerun2";
inline constexpr std::string_view kSequelize = "sequelize|sequelize-cli";
inline constexpr std::string_view kTypeorm = "typeorm|typeorm-ts-node-commonjs|typeorm-ts-node-esm";
inline constexpr std::string_view kOdoo = "odoo|odoo-bin|openerp-server";
inline constexpr std::string_view kGradle = "gradle|gradlew";
inline constexpr std::string_view kMaven = "mvn|mvnw";
inline constexpr std::string_view kClickHouse = "clickhouse-client|clickhouse";
inline constexpr std::string_view kMongo = "mongosh|mongo";
inline constexpr std::string_view kRedis = "redis-cli|valkey-cli|keydb-cli";
inline constexpr std::string_view kSqlite = "sqlite3|sqlite";
inline constexpr std::string_view kSql =
    "psql|mysql|mariadb|sqlite3|sqlite|clickhouse-client|clickhouse|cockroach|sqlcmd|usql|pgcli|"
    "mycli";
inline constexpr std::string_view kSqlServer = "sqlcmd";

}  // namespace composelint::knowledge

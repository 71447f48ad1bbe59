#include "analyzer/signs/data/client_program.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace composelint {

bool is_mysql(std::string_view program) {
  static constexpr std::array<std::string_view, 9> kPrograms = {
      "mariadb",    "mariadb-admin", "mariadb-dump", "mysql",    "mysqladmin",
      "mysqlcheck", "mysqldump",     "mysqlimport",  "mysqlpump"};
  return std::find(kPrograms.begin(), kPrograms.end(), program) != kPrograms.end();
}

bool is_mongo(std::string_view program) {
  static constexpr std::array<std::string_view, 7> kPrograms = {
      "mongo", "mongodump", "mongoexport", "mongoimport", "mongorestore", "mongosh", "mongostat"};
  return std::find(kPrograms.begin(), kPrograms.end(), program) != kPrograms.end();
}

bool is_postgres(std::string_view program) {
  return program.starts_with("pg_") || program == "psql" || program == "createdb" ||
         program == "createuser" || program == "dropdb";
}

}  // namespace composelint

// Which database a client of one, or a service, is about.
#pragma once

#include <composelint/compose.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace composelint::guard {

enum class Database { kPostgres, kMysql, kMongo };

// The variables that a task has, and what it is.
struct TaskWords {
  std::map<std::string, std::string, std::less<>> variables;
  std::vector<std::string> words;  // of the task, behind the service
};

// "app" of `pg_dump -U x app`; empty: all of them, no such client, not known. `kind` is set where
// it is a client.
struct ClientDatabase {
  bool client = false;
  Database kind = Database::kPostgres;
  std::string name;
};
[[nodiscard]] ClientDatabase database_of_client(const TaskWords& task);  // the first one
[[nodiscard]] std::vector<ClientDatabase> databases_of_clients(const TaskWords& task);

// What the variables say of a database of `kind`; empty: nothing, or several names.
[[nodiscard]] std::string database_of_variables(const TaskWords& task, Database kind);

// Simple commands of the task, those of its shell texts too.
[[nodiscard]] std::vector<std::vector<std::string>> commands_of(
    const std::vector<std::string>& words);

// What the service sets, and what stands in `-e NAME=…` among `options` of run and exec.
[[nodiscard]] std::map<std::string, std::string, std::less<>> variables_of(
    const Service* service, const std::vector<std::string>& options);

}  // namespace composelint::guard

#include "guard/database_name.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <utility>

#include "analyzer/text/path.h"
#include "guard/shell_text.h"

namespace composelint::guard {

namespace {

using Variables = std::map<std::string, std::string, std::less<>>;

struct ClientRow {
  std::string_view name;
  Database kind;
  std::string_view database;  // the letter of the option that names it, and its long forms
  bool place;                 // the first operand is its name
  std::string_view taking;    // letters of options with a value
  std::string_view all;       // words by which it takes several
};

constexpr std::string_view kPgTaking = "hpUdFfnNtTjZSEeRvLoc";
constexpr std::string_view kMysqlTaking = "uhPSDrweI";
constexpr ClientRow kClients[] = {
    {"pg_dump", Database::kPostgres, "d", true, "hpUdFfnNtTjZSEeR", ""},
    {"pg_restore", Database::kPostgres, "d", false, kPgTaking, ""},
    {"psql", Database::kPostgres, "d", true, "hpUdfFvLocPRT", ""},
    {"dropdb", Database::kPostgres, "", true, "hpU", ""},
    {"mysqldump", Database::kMysql, "", true, kMysqlTaking, " -A --all-databases -B --databases "},
    {"mariadb-dump", Database::kMysql, "", true, kMysqlTaking,
     " -A --all-databases -B --databases "},
    {"mysql", Database::kMysql, "D", true, kMysqlTaking, ""},
    {"mariadb", Database::kMysql, "D", true, kMysqlTaking, ""},
    {"mongodump", Database::kMongo, "d", false, "hupdcoqj", ""},
    {"mongorestore", Database::kMongo, "d", false, "hupdcoqj", ""},
};

// Long options that stand before their value as a word of its own.
bool takes_next(std::string_view word) {
  static constexpr std::string_view kTaking =
      " --host --port --username --user --dbname --db --database --file --format --schema --table "
      "--exclude-table --exclude-schema --jobs --compress --encoding --role --command --variable "
      "--uri --collection --out --archive --socket --result-file --where --exclude-table-data "
      "--ignore-table --set --defaults-file --authenticationDatabase ";
  return kTaking.find(" " + std::string(word) + " ") != std::string_view::npos;
}

bool names_database(std::string_view option) {
  return option == "--dbname" || option == "--db" || option == "--database";
}

// "app" of "postgres://u:p@db/app?x=y".
std::string path_of_url(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  const std::size_t slash = url.find('/', scheme + 3);
  if (slash == std::string_view::npos) return {};
  const std::string_view path = url.substr(slash + 1);
  return std::string(path.substr(0, path.find_first_of("?#")));
}

// A name, a URL, or "host=x dbname=y".
std::string name_in(std::string_view value) {
  if (value.find("://") != std::string_view::npos) return path_of_url(value);
  const std::size_t pair = value.find("dbname=");
  if (pair != std::string_view::npos) {
    const std::string_view rest = value.substr(pair + 7);
    return std::string(rest.substr(0, rest.find(' ')));
  }
  return value.find('=') == std::string_view::npos ? std::string(value) : std::string();
}

// `$POSTGRES_DB` of the text of a shell; empty where it is not known.
std::string expanded(std::string_view value, const Variables& variables) {
  while (!value.empty() && (value.front() == '"' || value.front() == '\'')) value.remove_prefix(1);
  while (!value.empty() && (value.back() == '"' || value.back() == '\'')) value.remove_suffix(1);
  if (value.find('$') == std::string_view::npos) return std::string(value);
  std::string_view name = value.substr(1);
  if (name.starts_with('{') && name.ends_with('}')) name = name.substr(1, name.size() - 2);
  const auto found = variables.find(name);
  return value.front() == '$' && found != variables.end() ? found->second : std::string();
}

std::string variable(const Variables& variables, std::string_view name) {
  const auto found = variables.find(name);
  return found == variables.end() ? std::string() : found->second;
}

class Client {
 public:
  Client(const ClientRow& row, const std::vector<std::string>& words, std::size_t at,
         const Variables& variables)
      : row_(row), words_(words), at_(at), variables_(variables) {}

  std::string name() {
    for (++at_; at_ < words_.size() && !several_; ++at_) take(words_[at_]);
    if (several_) return {};
    if (written_.empty() && row_.kind == Database::kPostgres && row_.name != "pg_restore") {
      // As libpq has it: the user's own.
      written_ = variable(variables_, "PGDATABASE");
      if (written_.empty()) written_ = user_;
      if (written_.empty()) written_ = variable(variables_, "PGUSER");
    }
    const std::string name = name_in(expanded(written_, variables_));
    // Masked, or put together by the shell.
    return name.find_first_of("*`$") == std::string::npos ? name : std::string();
  }

 private:
  void take(std::string_view word) {
    if (!row_.all.empty() && row_.all.find(" " + std::string(word) + " ") != std::string::npos) {
      several_ = true;
    } else if (word.starts_with("--")) {
      const std::size_t equals = word.find('=');
      const std::string_view option = word.substr(0, equals);
      if (equals != std::string_view::npos) return value(option, word.substr(equals + 1));
      if (takes_next(option) && at_ + 1 < words_.size()) value(option, words_[++at_]);
    } else if (word.starts_with('-') && word.size() > 1) {
      letters(word);
    } else if (word.starts_with('>') || word.starts_with('<') || word.starts_with("2>")) {
      if (word.find_first_not_of("<>2&") == std::string_view::npos) ++at_;
    } else if (row_.place && written_.empty()) {
      written_ = word;
    }
  }
  void letters(std::string_view word) {
    for (std::size_t i = 1; i < word.size(); ++i) {
      if (row_.taking.find(word[i]) == std::string_view::npos) {
        if (word[i] == 'p') return;  // `-pSECRET` of MySQL
        continue;
      }
      const std::string option(1, word[i]);
      if (i + 1 < word.size()) return value(option, word.substr(i + 1));
      if (at_ + 1 < words_.size()) value(option, words_[++at_]);
      return;
    }
  }
  void value(std::string_view option, std::string_view given) {
    if (option == row_.database || names_database(option)) written_ = given;
    if (option == "--uri" && written_.empty()) written_ = path_of_url(given);
    if (option == "U" || option == "--username") user_ = given;
  }

  const ClientRow& row_;
  const std::vector<std::string>& words_;
  std::size_t at_;
  const Variables& variables_;
  std::string written_;
  std::string user_;
  bool several_ = false;
};

bool is_scheme_of(std::string_view url, Database kind) {
  switch (kind) {
    case Database::kPostgres: return url.starts_with("postg") || url.starts_with("pg");
    case Database::kMysql:
      return url.starts_with("mysql") || url.starts_with("mariadb") || url.starts_with("maria");
    case Database::kMongo: return url.starts_with("mongodb");
  }
  return false;
}

}  // namespace

std::vector<std::vector<std::string>> commands_of(const std::vector<std::string>& words) {
  std::vector<std::vector<std::string>> out = {words};
  for (const std::string& word : words) {
    if (word.find_first_of(" \t\n") == std::string::npos) continue;
    for (const auto& command : shell_commands(word)) {
      std::vector<std::string>& inner = out.emplace_back();
      for (const auto& [begin, end] : command) inner.push_back(word.substr(begin, end - begin));
    }
  }
  return out;
}

std::vector<ClientDatabase> databases_of_clients(const TaskWords& task) {
  std::vector<ClientDatabase> out;
  for (const std::vector<std::string>& command : commands_of(task.words)) {
    const std::size_t before = out.size();
    for (std::size_t i = 0; i < command.size() && out.size() == before; ++i) {
      const std::string_view name = text::name_of(command[i]);
      const auto* row = std::find_if(std::begin(kClients), std::end(kClients),
                                     [&](const ClientRow& each) { return each.name == name; });
      if (row == std::end(kClients)) continue;
      // `PGDATABASE=x pg_dump`
      Variables variables = task.variables;
      for (std::size_t word = 0; word < i; ++word) {
        const std::size_t equals = command[word].find('=');
        if (equals == std::string::npos) continue;
        variables[command[word].substr(0, equals)] = command[word].substr(equals + 1);
      }
      out.push_back({true, row->kind, Client(*row, command, i, variables).name()});
    }
  }
  return out;
}

ClientDatabase database_of_client(const TaskWords& task) {
  std::vector<ClientDatabase> all = databases_of_clients(task);
  return all.empty() ? ClientDatabase{} : std::move(all.front());
}

std::string database_of_variables(const TaskWords& task, Database kind) {
  struct Names {
    Database kind;
    std::string_view names;
  };
  static constexpr Names kNames[] = {
      {Database::kPostgres, " PGDATABASE POSTGRES_DB POSTGRES_DATABASE POSTGRESQL_DATABASE "},
      {Database::kMysql, " MYSQL_DATABASE MARIADB_DATABASE MYSQL_DB "},
      {Database::kMongo, " MONGO_INITDB_DATABASE MONGO_DB MONGO_DATABASE "}};
  static constexpr std::string_view kAny = " DB_NAME DB_DATABASE DATABASE_NAME ";
  std::set<std::string> found;
  for (const auto& [name, value] : task.variables) {
    const std::string padded = " " + name + " ";
    const bool named =
        kAny.find(padded) != std::string_view::npos ||
        std::any_of(std::begin(kNames), std::end(kNames), [&](const Names& row) {
          return row.kind == kind && row.names.find(padded) != std::string_view::npos;
        });
    const bool url = name.ends_with("DATABASE_URL") || name == "DB_URL" || name == "MONGO_URL" ||
                     name == "MONGODB_URI" || name == "DATABASE_URI";
    if (named && !value.empty()) found.insert(value);
    if (url && is_scheme_of(value, kind)) {
      if (const std::string path = path_of_url(value); !path.empty()) found.insert(path);
    }
  }
  return found.size() == 1 ? *found.begin() : std::string();
}

std::map<std::string, std::string, std::less<>> variables_of(
    const Service* service, const std::vector<std::string>& options) {
  Variables out;
  if (service != nullptr) {
    for (const auto& [name, value] : service->environment) {
      if (value.value && value.known) out[name] = *value.value;
    }
  }
  for (std::size_t i = 0; i < options.size(); ++i) {
    std::string_view word = options[i];
    if ((word == "-e" || word == "--env") && i + 1 < options.size()) {
      word = options[++i];
    } else if (word.starts_with("--env=")) {
      word.remove_prefix(6);
    } else if (word.starts_with("-e")) {
      word.remove_prefix(word.starts_with("-e=") ? 3 : 2);
    } else {
      continue;
    }
    const std::size_t equals = word.find('=');
    const std::string name(word.substr(0, equals));
    if (equals == std::string_view::npos) {
      out.erase(name);  // the caller's
    } else {
      out[name] = word.substr(equals + 1);
    }
  }
  return out;
}

}  // namespace composelint::guard

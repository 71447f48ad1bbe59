// Clients of databases, and what they tell of the container that they are run in.
#pragma once

#include <composelint/client_program.h>
#include <composelint/databases.h>
#include <composelint/entered.h>
#include <composelint/inner_command.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

namespace composelint {

namespace detail {

[[nodiscard]] inline bool has_client(std::string_view text) {
  static constexpr std::array<std::string_view, 25> kClients = {
      "psql",       "pg_dump", "pg_dumpall",  "pg_restore", "pg_basebackup", "createdb",
      "createuser", "dropdb",  "mysql",       "mariadb",    "mysqldump",     "mariadb-dump",
      "mysqladmin", "mongosh", "mongo",       "mongodump",  "mongorestore",  "clickhouse-client",
      "cqlsh",      "sqlcmd",  "mongoimport", "ldapadd",    "ldapmodify",    "ldapsearch",
      "ldappasswd"};
  constexpr std::string_view kEnds = " \t\n;|&\"'`($)/";
  for (const std::string_view client : kClients) {
    for (std::size_t at = text.find(client); at != std::string_view::npos;
         at = text.find(client, at + 1)) {
      const std::size_t end = at + client.size();
      const bool begins = at == 0 || kEnds.find(text[at - 1]) != std::string_view::npos;
      if (begins && (end == text.size() || kEnds.find(text[end]) != std::string_view::npos)) {
        return true;
      }
    }
  }
  return false;
}

[[nodiscard]] inline bool runs_client(const std::vector<Argument>& words) {
  const auto shell = shell_script_in(words);
  if (shell) return has_client(words[shell->at].text);
  return !words.empty() && words.front().known() && has_client(words.front().text);
}

// `-h other`, `--host=other`, `postgres://…`: the server is not where the client runs.
[[nodiscard]] inline bool asks_a_host(const std::vector<Argument>& words) {
  return std::any_of(words.begin() + 1, words.end(), [](const Argument& word) {
    const std::string_view text = word.text;
    return text.starts_with("-h") || text.starts_with("--host") || text.starts_with("--protocol") ||
           text.find("host=") != text.npos || text.find("://") != text.npos;
  });
}

// The server that the image is of is one that the client is made for.
[[nodiscard]] inline bool suits(std::string_view client, std::string_view image) {
  const auto says = [&](std::string_view part) { return image.find(part) != image.npos; };
  client = file_name(client);
  if (is_mysql(client)) return says("mysql") || says("maria") || says("percona");
  if (is_mongo(client)) return says("mongo");
  return is_postgres(client) && (says("postg") || says("pgvector") || says("timescale"));
}

}  // namespace detail

// `exec store mysql -u app shop`, in a service that is built here: the client asks no other host,
// and nothing gives it one, so that the server is where it runs.
[[nodiscard]] inline bool is_server_by_client(const Service& user, const Project& project,
                                              const std::vector<Argument>& inner) {
  if (!user.build || user.image || role_of(user) != ServiceRole::kUnknown) return false;
  const bool tells =
      !user.depends_on.empty() || !user.env_files.empty() ||
      std::any_of(user.environment.begin(), user.environment.end(), [](const auto& variable) {
        const std::string_view name = variable.first;
        return name.find("HOST") != name.npos || name.find("URL") != name.npos ||
               name.find("DSN") != name.npos;
      });
  const bool client = !inner.empty() && inner.front().known() &&
                      detail::has_client(inner.front().text) && !detail::asks_a_host(inner);
  return client && !tells &&
         std::none_of(project.services.begin(), project.services.end(), starts_slowly);
}

// `docker exec -i "$DB_HOST" mysql`, whatever the container is called: the only database of the
// one project that the script drives.
[[nodiscard]] inline Entered only_database_entered(const Timeline& timeline, const Step& step,
                                                   const TakenFor& taken = {}) {
  const auto& docker = step.docker;
  if (!docker || !docker->is("container exec") || docker->operands.empty()) return {};
  const Argument& name = docker->operands.front();
  const bool variable = detail::is_one_hole(name) && !name.splits &&
                        name.holes.front().name.find_first_of("$(@*?") == std::string::npos;
  if (!variable || docker->inner.empty() || !docker->inner.front().known()) return {};
  if (detail::asks_a_host(docker->inner)) return {};
  Entered found;
  for (const Step& other : timeline.steps) {
    const Project* project = other.call ? taken(*other.call) : nullptr;
    if (project == nullptr || project == found.project || !same_place(other, step)) continue;
    if (found.project != nullptr) return {};
    found.project = project;
  }
  if (found.project == nullptr) return {};
  for (const Service& service : found.project->services) {
    if (!starts_slowly(service)) continue;
    if (found.service != nullptr) return {};
    found.service = &service;
  }
  if (found.service == nullptr) return {};
  const bool fits = detail::suits(docker->inner.front().text, image_name(*found.service));
  return fits ? found : Entered{};
}

}  // namespace composelint

#include "analyzer/signs/data/database_client.h"

#include <composelint/path_name.h>
#include <composelint/service_role.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/data/client_program.h"
#include "analyzer/signs/data/databases.h"
#include "analyzer/signs/steps/inner_command.h"
#include "analyzer/signs/steps/sequence.h"

namespace composelint {

bool has_client(std::string_view text) {
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

bool runs_client(const std::vector<Argument>& words) {
  const auto shell = shell_script_in(words);
  if (shell) return has_client(words[shell->at].text);
  return !words.empty() && words.front().known() && has_client(words.front().text);
}

bool asks_a_host(const std::vector<Argument>& words) {
  static constexpr std::array<std::string_view, 4> kHere = {"localhost", "127.0.0.1", "[::1]", "/"};
  constexpr std::string_view kHost = "host=";
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view text = words[i].text;
    if (text.find("://") != text.npos) return true;
    const std::size_t given = text.find(kHost);
    const bool apart = (text == "-h" || text == "--host") && i + 1 < words.size();
    std::string_view host;
    if (apart) {
      host = words[i + 1].text;
    } else if (given != text.npos) {
      host = text.substr(given + kHost.size());
    } else if (text.starts_with("-h") && text.size() > 2) {
      host = text.substr(2);
    } else {
      continue;
    }
    if (std::none_of(kHere.begin(), kHere.end(),
                     [&](std::string_view here) { return host.starts_with(here); })) {
      return true;
    }
  }
  return false;
}

namespace {

// The server that the image is of is one that the client is made for.
bool suits(std::string_view client, std::string_view image) {
  const auto says = [&](std::string_view part) { return image.find(part) != image.npos; };
  client = file_name(client);
  if (is_mysql(client)) return says("mysql") || says("maria") || says("percona");
  if (is_mongo(client)) return says("mongo");
  return is_postgres(client) && (says("postg") || says("pgvector") || says("timescale"));
}

}  // namespace

bool is_server_by_client(const Service& user, const Project& project,
                         const std::vector<Argument>& inner) {
  if (!user.build || user.image || role_of(user) != ServiceRole::kUnknown) return false;
  const bool tells =
      !user.depends_on.empty() || !user.env_files.empty() ||
      std::any_of(user.environment.begin(), user.environment.end(), [](const auto& variable) {
        const std::string_view name = variable.first;
        return name.find("HOST") != name.npos || name.find("URL") != name.npos ||
               name.find("DSN") != name.npos;
      });
  const bool client = !inner.empty() && inner.front().known() && has_client(inner.front().text) &&
                      !asks_a_host(inner);
  return client && !tells &&
         std::none_of(project.services.begin(), project.services.end(), starts_slowly);
}

Entered only_database_entered(const Timeline& timeline, const Step& step, const TakenFor& taken) {
  const auto& docker = step.docker;
  if (!docker || !docker->is("container exec") || docker->operands.empty()) return {};
  const Argument& name = docker->operands.front();
  const bool variable = is_one_hole(name) && !name.splits &&
                        name.holes.front().name.find_first_of("$(@*?") == std::string::npos;
  if (!variable || docker->inner.empty() || !docker->inner.front().known()) return {};
  if (asks_a_host(docker->inner)) return {};
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
  const bool fits = suits(docker->inner.front().text, image_name(*found.service));
  return fits ? found : Entered{};
}

}  // namespace composelint

#include "analyzer/signs/data/databases.h"

#include <composelint/path_name.h>
#include <composelint/service_role.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace composelint {

std::string_view image_name(const Service& service) {
  if (!service.image || !service.image->known) return {};
  std::string_view image = service.image->value;
  image = file_name(image);
  return image.substr(0, image.find_first_of(":@"));
}

bool starts_slowly(const Service& service) {
  static constexpr std::array<std::string_view, 8> kOthers = {
      "minio", "etcd", "elasticsearch", "opensearch", "pgadmin", "adminer", "pgbouncer", "pgcat"};
  const std::string_view image = image_name(service);
  const auto is_it = [&](std::string_view other) {
    return image.starts_with(other) || service.name.find(other) != std::string::npos;
  };
  const bool directory = image.find("openldap") != std::string_view::npos;
  return (directory || role_of(service) == ServiceRole::kDatabase) &&
         std::none_of(kOthers.begin(), kOthers.end(), is_it);
}

bool has_check(const Service& service) {
  return service.healthcheck && !service.healthcheck->disabled;
}

std::vector<const Service*> started_by(const ComposeInvocation& call, const TakenFor& taken) {
  std::vector<const Service*> out;
  const Project* project = taken(call);
  if (project == nullptr) return out;
  const auto add = [&](const Service* service) {
    if (service != nullptr && std::find(out.begin(), out.end(), service) == out.end()) {
      out.push_back(service);
    }
  };
  for (const Argument& name : call.services) add(project->service(name.text));
  if (call.operands.empty()) {
    for (const Service& service : project->services) {
      if (service.active) add(&service);
    }
  }
  const bool along = (call.is("up") || call.is("run")) && !call.has("--no-deps");
  for (std::size_t i = 0; along && i < out.size(); ++i) {
    for (const DependsOn& on : out[i]->depends_on) add(project->service(on.service));
  }
  return out;
}

bool awaited_by(const std::vector<const Service*>& started, const Service& service) {
  return std::any_of(started.begin(), started.end(), [&](const Service* other) {
    return std::any_of(other->depends_on.begin(), other->depends_on.end(),
                       [&](const DependsOn& on) {
                         return on.service == service.name && on.condition == "service_healthy";
                       });
  });
}

namespace {

// `DB_HOST=db`, `PGHOST=db`, `MYSQL_SERVER=db:3306`.
bool names_host(std::string_view variable, std::string_view value, const std::string& service) {
  const bool host =
      variable.ends_with("HOST") || variable.ends_with("HOSTNAME") || variable.ends_with("_SERVER");
  return host && (value == service || value.starts_with(service + ":"));
}

}  // namespace

bool needs(const Service& user, const Service& service) {
  if (std::any_of(user.depends_on.begin(), user.depends_on.end(),
                  [&](const DependsOn& on) { return on.service == service.name; })) {
    return true;
  }
  return std::any_of(user.environment.begin(), user.environment.end(), [&](const auto& variable) {
    const auto& value = variable.second.value;
    if (!value) return false;
    if (names_host(variable.first, *value, service.name)) return true;
    const std::string at = "@" + service.name;
    const std::size_t host = value->find(at);
    if (host == std::string::npos) return false;
    const char behind = (*value + " ")[host + at.size()];
    return behind == ':' || behind == '/' || behind == ' ';
  });
}

const Service* database_of(const Service& user, const Project& project) {
  const Service* found = nullptr;
  for (const Service& service : project.services) {
    if (&service == &user || !starts_slowly(service) || !needs(user, service)) continue;
    if (found != nullptr) return nullptr;
    found = &service;
  }
  return found;
}

const Service* only_database_beside(const Service& user, const Project& project) {
  const bool tells =
      !user.depends_on.empty() ||
      std::any_of(user.environment.begin(), user.environment.end(), [](const auto& variable) {
        const std::string& name = variable.first;
        return name.find("HOST") != std::string::npos || name.find("URL") != std::string::npos ||
               name.find("DSN") != std::string::npos;
      });
  const Service* found = nullptr;
  for (const Service& service : project.services) {
    if (!service.active || !starts_slowly(service) || &service == &user) continue;
    if (found != nullptr) return nullptr;
    found = &service;
  }
  return tells ? nullptr : found;
}

}  // namespace composelint

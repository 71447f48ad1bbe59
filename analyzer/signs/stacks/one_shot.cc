#include "analyzer/signs/stacks/one_shot.h"

#include <composelint/service_role.h>

#include <string>
#include <string_view>

#include "analyzer/signs/reports/attributes.h"

namespace composelint {

Dependant dependant_of(std::string_view name, const Project& project, std::string_view condition) {
  for (const Service& service : project.services) {
    for (const DependsOn& on : service.depends_on) {
      if (on.service == name && (condition.empty() || on.condition == condition)) {
        return {&service, &on};
      }
    }
  }
  return {};
}

Dependant waiting_for_the_end(const Service& service, const Project& project) {
  // Whoever writes `service_completed` has meant it; that Compose refuses it is told elsewhere.
  for (const Service& other : project.services) {
    for (const DependsOn& on : other.depends_on) {
      if (on.service == service.name && on.condition.starts_with("service_completed")) {
        return {&other, &on};
      }
    }
  }
  return {};
}

bool changes_data(const ServiceTask& task) {
  return task.effect == Effect::kMigrates || task.effect == Effect::kImports ||
         task.effect == Effect::kRestores ||
         (task.effect == Effect::kDeletes && !task.name.starts_with("rm "));  // files, not data
}

bool may_be_one_shot(const Service& service, const Project& project) {
  return role_of(service) == ServiceRole::kOneOff || own_task(service).ends ||
         waiting_for_the_end(service, project).service != nullptr ||
         text_at(service, "deploy.mode").ends_with("-job");
}

bool starts_with_up(const Service& service) {
  return service.active && service.profiles.empty() && service.replicas > 0;
}

const Service* application_in(const Project& project) {
  for (const Service& service : project.services) {
    const ServiceRole role = role_of(service);
    const bool serves = role != ServiceRole::kDatabase && role != ServiceRole::kCache &&
                        role != ServiceRole::kOneOff && role != ServiceRole::kProxy;
    if (serves && starts_with_up(service) && !own_task(service).ends) return &service;
  }
  return nullptr;
}

namespace {

// Somebody has thought of what becomes of it when it ends.
bool is_meant_to_end(const Service& service) {
  const std::string restart = text_at(service, "restart");
  return restart == "no" || restart.starts_with("on-failure") ||
         (restart.empty() && service.attribute("deploy.restart_policy") != nullptr);
}

}  // namespace

bool is_unattended_task(const Service& service, const Project& project) {
  if (!starts_with_up(service)) return false;
  const ServiceTask task = own_task(service);
  return task.ends && changes_data(task) &&
         waiting_for_the_end(service, project).service == nullptr && !is_meant_to_end(service) &&
         application_in(project) != nullptr;
}

}  // namespace composelint

// The typed project under completion: services split by profile, variables of env files in place.
#pragma once

#include <composelint/result.h>

#include <string>
#include <vector>

#include "analyzer/compose/environment.h"
#include "analyzer/compose/load.h"
#include "analyzer/compose/value.h"

namespace composelint::compose {

struct ProjectModel {
  Value name;
  Value services = Value::map();  // active
  Value inactive = Value::map();
  Value networks = Value::map();
  Value volumes = Value::map();
  Value secrets = Value::map();
  Value configs = Value::map();
  Value models = Value::map();
  Value extensions = Value::map();
  std::vector<std::string> profiles;
  Environment environment;
};

// From the untyped model; all services are active.
[[nodiscard]] Result<ProjectModel> shape_project(Value model, Load& load);

// Splits all services anew by the profiles.
void select_profiles(ProjectModel& project, std::vector<std::string> profiles);
// Turns on the profiles of services named on the command line.
void enable_services(ProjectModel& project, const std::vector<std::string>& names);
// Keeps the named services and what they depend on; names may be patterns. No names: all.
[[nodiscard]] MaybeFailure keep_services(ProjectModel& project,
                                         const std::vector<std::string>& names, Load& load);
// Drops top-level resources that no active service uses.
void drop_unused_resources(ProjectModel& project);

// Puts the contents of `env_file` into `environment`.
[[nodiscard]] MaybeFailure resolve_env_files(ProjectModel& project, Load& load);
[[nodiscard]] MaybeFailure resolve_label_files(ProjectModel& project, Load& load);

// The checks Compose makes on active services. `deploy.replicas` takes the value of `scale`.
[[nodiscard]] MaybeFailure check_consistency(ProjectModel& project, Load& load);
[[nodiscard]] MaybeFailure check_container_names(const ProjectModel& project, Load& load);
// Dependencies among active services that lead back to where they start.
[[nodiscard]] MaybeFailure check_cycles(const ProjectModel& project, Load& load);

}  // namespace composelint::compose

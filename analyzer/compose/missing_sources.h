// Files of the repository that a project mounts and that are not there.
#pragma once

#include <string>

#include "analyzer/compose/project_model.h"

namespace composelint::compose {

// Notes each source of a bind mount, and each `file` of a secret or config, that is written
// relative to the project and does not exist. Not those that each machine has its own of.
// `directory` is the project's.
void note_missing_sources(const ProjectModel& project, const std::string& directory, Load& load);

}  // namespace composelint::compose

// From the typed model to the nouns rules see.
#pragma once

#include <composelint/compose.h>

#include "analyzer/compose/load.h"
#include "analyzer/compose/project_model.h"

namespace composelint::compose {

[[nodiscard]] Project public_project(const ProjectModel& project, const Load& load);

}  // namespace composelint::compose

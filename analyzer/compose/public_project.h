// From the typed model to the nouns rules see.
#pragma once

#include <composelint/compose.h>

#include "analyzer/compose/load.h"
#include "analyzer/compose/project_model.h"

namespace composelint::compose {

[[nodiscard]] Project public_project(const ProjectModel& project, const Load& load);

// The place of a value and the steps that led it there, oldest first.
[[nodiscard]] Provenance provenance_of(const Value& value);

}  // namespace composelint::compose

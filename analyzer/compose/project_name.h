// How a project gets its name.
#pragma once

#include <composelint/result.h>

#include <string>
#include <string_view>

#include "analyzer/compose/files.h"
#include "analyzer/compose/load.h"
#include "analyzer/compose/select_files.h"
#include "analyzer/compose/value.h"

namespace composelint::compose {

// Lower case, only letters, digits, '-' and '_', and none of the last two in front.
[[nodiscard]] std::string normal_project_name(std::string_view name);

// -p, then COMPOSE_PROJECT_NAME, then `name:` of the files, then the directory. The span is nowhere
// unless the name is written in a file. Fails with kInvalid on a name that is none.
[[nodiscard]] Result<Value> project_name(const Selection& selection, ComposeFiles& files,
                                         Load& load);

}  // namespace composelint::compose

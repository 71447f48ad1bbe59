// Files by which a system for continuous integration runs jobs.
#pragma once

#include <composelint/source.h>

namespace composelint {

// `.github/workflows/deploy.yml`: the workflows of GitHub.
[[nodiscard]] bool is_a_workflow(const SourceFile& file);

// Of any such system, an action or a template of jobs as well.
[[nodiscard]] bool is_of_a_pipeline(const SourceFile& file);

}  // namespace composelint

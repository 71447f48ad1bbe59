// Calls whose stack their text does not tell, and the configuration does.
#pragma once

#include <composelint/timeline.h>

#include "analyzer/calls/target.h"
#include "analyzer/engine/config.h"
#include "analyzer/text/source_store.h"

namespace composelint::engine {

// Binds them to the project that `config` names for the file they stand in.
void apply_project(Timeline& timeline, const Config& config, const text::SourceStore& sources,
                   calls::Binder& binder);

}  // namespace composelint::engine

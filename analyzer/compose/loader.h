// The whole way from a call to its project, as Docker Compose 2.40 goes it.
#pragma once

#include <composelint/compose.h>
#include <composelint/result.h>

#include <memory>
#include <string>
#include <vector>

#include "analyzer/compose/environment.h"
#include "analyzer/compose/request.h"
#include "analyzer/compose/value.h"
#include "analyzer/text/source_store.h"
#include "analyzer/yaml/document.h"

namespace composelint::compose {

struct LoadedProject {
  Project project;  // the public nouns; its `problems` hold the warnings too
  // The model as Compose would print it: name, services, networks, volumes, secrets, configs,
  // models, each a map, and "#extensions". With no_interpolate the untyped model instead.
  Value model;
  Value inactive;           // services that no profile or name enables, as they stand in the model
  Environment environment;  // what interpolation saw
  std::unique_ptr<Trails> trails;  // what the values' trails point to
  std::vector<yaml::Stream> streams;  // what Project::written points to; when linting
};

// Files are read through `store`, which must outlive the result. Fails as Compose would refuse, and
// in lint mode only when there is no compose file at all.
[[nodiscard]] Result<LoadedProject> load(const LoadRequest& request, text::SourceStore& store);

}  // namespace composelint::compose

// Where the values of a project come from.
#pragma once

#include <composelint/source.h>

#include <memory>
#include <string>
#include <vector>

namespace composelint {

// One step on the way of a value into the project, oldest first.
enum class OriginKind {
  kFile,      // written in a compose file
  kVariable,  // put in by interpolation; detail is the variable, span where it was set if in a file
  kOverride,  // replaced or extended by a later file
  kExtends,   // taken over from another service
  kInclude,   // came in by `include`
  kAnchor,    // came through an alias or a merge key
  kEnvFile,   // read from `env_file`
  kDefault,   // filled in by Compose; no span
};

struct OriginStep {
  OriginKind kind = OriginKind::kFile;
  Span span;
  std::string detail;
};

struct Provenance {
  Span span;  // where the value that won is written; nowhere for defaults
  std::shared_ptr<const std::vector<OriginStep>> steps;  // null: the plain case, written at `span`
};

template <typename T>
struct Located {
  T value{};
  Provenance from;
  bool known = true;  // false: `value` still holds `${X}` for a variable nobody set
};

}  // namespace composelint

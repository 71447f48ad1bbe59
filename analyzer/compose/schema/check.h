// A compose file against the schema of the specification, as Compose 2.40.3 does it: after
// interpolation, extends and merging, before short forms are made long.
#pragma once

#include <composelint/source.h>

#include <string>
#include <vector>

#include "analyzer/compose/value.h"

namespace composelint::compose::schema {

struct Violation {
  std::string path;     // "services.app.ports.0"; empty: the file as a whole
  std::string message;  // a sentence that names the path and what is wrong there
  Span span;            // the unknown key or the wrong value; nowhere only if no file holds it
};

// In the order of the file. Compose refuses the file unless there is none. Values that are not
// known pass.
[[nodiscard]] std::vector<Violation> check(const Value& file);

}  // namespace composelint::compose::schema

// What a whole run tells of a script.
#pragma once

#include <string>

#include "analyzer/engine/check.h"
#include "tests/engine/tree.h"

namespace composelint::engine {

// Of the last script of /repo: "dev: it reads local.env". Empty where there is none.
inline std::string last_told(const Tree& tree) {
  CheckRequest request;
  request.paths = {"."};
  request.working_directory = "/repo";
  const Outcome outcome = check(request, tree, {});
  if (outcome.run.scripts.empty()) return "";
  const ScriptRecord& last = outcome.run.scripts.back();
  return std::string(to_string(last.context)) + ": " + last.cue;
}

}  // namespace composelint::engine

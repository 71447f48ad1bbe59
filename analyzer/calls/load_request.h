// What the global options of a compose call ask of the loader.
#pragma once

#include <composelint/invocation.h>

#include <string>

#include "analyzer/compose/request.h"

namespace composelint::calls {

struct AskedProject {
  // Files, profiles, env files, project directory and name; where the call runs, and what it sees,
  // is left to those who know. A name that is not known is not there.
  compose::LoadRequest request;
  std::string unknown;  // not empty: why the files cannot be told
};

[[nodiscard]] AskedProject asked_project(const ComposeInvocation& call);

}  // namespace composelint::calls

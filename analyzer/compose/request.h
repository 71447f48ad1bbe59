// What a load is asked: the words of the command line and the surroundings of the call.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analyzer/compose/environment.h"

namespace composelint::compose {

enum class Strictness {
  kCompose,  // as Compose: the first refusal ends the load
  // For linting: what cannot be known or found becomes a ProjectProblem and the load goes on. Only
  // the variables of the request are known; an unset one without a default leaves a hole.
  kLint,
};

struct LoadRequest {
  std::vector<std::string> files;  // -f, "-" is standard input
  std::optional<std::string> project_directory;
  std::optional<std::string> project_name;  // -p
  std::vector<std::string> profiles;        // --profile
  std::vector<std::string> env_files;       // --env-file
  std::vector<std::string> services;        // of `config SERVICE...`
  std::string working_directory;            // absolute
  Environment environment;                  // of the caller, PWD and HOME among it if known
  std::optional<std::string> stdin_text;
  Strictness strictness = Strictness::kCompose;
  bool no_interpolate = false;
  bool as_written = false;  // the untyped model, in which nothing is checked for its use
  bool no_normalize = false;
  bool no_path_resolution = false;
  bool no_consistency = false;
  bool no_env_resolution = false;
  bool keep_env_files = false;  // do not open `env_file` at all
  bool all_resources = false;   // keep volumes, networks, ... that no service uses
  std::string workspace_root;   // of what is seen: what lies outside may be there; empty: all is
};

}  // namespace composelint::compose

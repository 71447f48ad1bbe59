// `composelint config`: the resolved project, as `docker compose config` prints it.
#pragma once

#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

#include "analyzer/compose/environment.h"

namespace composelint::cli {

// The process, as far as this command touches it.
struct ConfigSurroundings {
  std::string working_directory;  // absolute
  compose::Environment environment;
  std::function<std::string()> read_stdin;
  std::ostream& out;
  std::ostream& err;
};

// `words` as parse_config_options() takes them. 0: resolved; 1: Compose would refuse; 2: bad usage.
int run_config(const std::vector<std::string>& words, const ConfigSurroundings& surroundings);

}  // namespace composelint::cli

// The figures of a run, counted from its records.
#pragma once

#include <composelint/run.h>

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <utility>
#include <vector>

namespace composelint::report {

// A name and how often it occurred, most frequent first, then by name.
using Counts = std::vector<std::pair<std::string, std::size_t>>;

struct Statistics {
  Counts kinds;  // of files
  std::size_t tasks = 0;
  std::size_t steps = 0;
  Counts contexts;  // of tasks
  Counts cues;      // "ci: directory tests"
  Counts resolved;  // of calls: literal, variable, array, function
  std::size_t bound = 0;
  Counts unbound;          // why the project of a call is not known
  std::size_t opaque = 0;  // calls with an unknown word where an option may stand
  std::size_t no_verb = 0;
  std::size_t unparsed = 0;  // parts of files that could not be read as shell
  std::size_t cut = 0;       // tasks with more steps than are walked
};

[[nodiscard]] Statistics statistics(const Run& run);
[[nodiscard]] nlohmann::ordered_json stats_json(const Run& run);

}  // namespace composelint::report

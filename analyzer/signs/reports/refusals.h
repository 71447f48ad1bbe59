// What Compose refuses in a project, as it is told: each place once, and with it all that one mend
// takes along.
#pragma once

#include <composelint/compose.h>
#include <composelint/source.h>

#include <string>
#include <string_view>
#include <vector>

namespace composelint {

// A value that cannot be read, with every place that has it: `"$ADDRESS:80:80"`, for each port.
struct Refusal {
  const ProjectProblem* problem = nullptr;
  std::string message;
  std::vector<Span> places;
};

[[nodiscard]] std::vector<Refusal> refusals_of(const Project& project);

// `stop_grace_period: 10`: in quotes it is refused for its missing unit.
[[nodiscard]] bool is_duration(std::string_view message);

}  // namespace composelint

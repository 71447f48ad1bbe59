// What a file has and one that it includes has as well.
#pragma once

#include <composelint/compose.h>

#include <cstddef>
#include <string>

namespace composelint {

[[nodiscard]] bool is_an_import_conflict(const ProjectProblem& problem);

// The file says neither what the service is made of nor how: it is laid over the included one,
// which its author knows to work.
[[nodiscard]] bool lays_over_the_import(const ProjectProblem& problem, const Project& project);

// Which releases refuse it; `more` of the same file are told by this one.
[[nodiscard]] std::string told_of_conflict(const std::string& refusal, std::size_t more);

}  // namespace composelint

// Ways in which a script gets past the shims in its PATH.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace composelint::guard {

// A place where a script sets PATH so that docker is found before, or without, the shims.
struct PathChange {
  std::size_t line = 0;  // from 1
  std::string why;       // "PATH is set without $PATH", "docker is found in /usr/bin first"
};

// `has_docker` says whether a directory holds one of the programs. Directories that are not known
// (of variables other than HOME) are passed over.
[[nodiscard]] std::vector<PathChange> path_changes(
    std::string_view script, const std::string& home,
    const std::function<bool(const std::string&)>& has_docker);

}  // namespace composelint::guard

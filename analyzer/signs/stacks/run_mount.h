// What `docker run -v` mounts.
#pragma once

#include <composelint/argument.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace composelint {

struct RunMount {
  std::string source, target;
  bool volume = false;  // has a name, and is no directory of the host
};

// SOURCE:TARGET[:MODE] of -v.
[[nodiscard]] std::optional<RunMount> run_mount(const Argument& word);

[[nodiscard]] bool lies_in_another(const std::vector<RunMount>& mounts, const RunMount& own,
                                   std::string_view path);

}  // namespace composelint

// What of the host's own file system a service gets to see.
#pragma once

#include <composelint/compose.h>
#include <composelint/source.h>

#include <string>
#include <string_view>
#include <vector>

namespace composelint {

struct HostMount {
  std::string source;  // absolute, or from the home directory: "/run", "~/.ssh"
  std::string target;
  std::string propagation;  // as `bind.propagation` says; empty: not at all
  bool read_only = false;
  Span span;  // of the entry
};

// "/run" of "//run/./".
[[nodiscard]] std::string clean_path(std::string_view path);

// `volumes` of the kind bind, and volumes that are a directory of the host by their options.
[[nodiscard]] std::vector<HostMount> host_mounts(const Service& service, const Project& project);

}  // namespace composelint

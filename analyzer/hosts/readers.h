// Each reader's three functions, for the table in registry.cc. One small file a host.
#pragma once

#include "analyzer/hosts/host.h"

namespace composelint::hosts {

[[nodiscard]] Match match_makefile(std::string_view path);
[[nodiscard]] HostFile read_makefile(const ReadRequest& request);
[[nodiscard]] Match match_justfile(std::string_view path);
[[nodiscard]] HostFile read_justfile(const ReadRequest& request);
[[nodiscard]] Match match_taskfile(std::string_view path);
[[nodiscard]] HostFile read_taskfile(const ReadRequest& request);

}  // namespace composelint::hosts

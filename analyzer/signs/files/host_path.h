// What lies at a path of the host.
#pragma once

#include <string_view>

namespace composelint {

struct HostPath {
  std::string_view path;
  std::string_view what;  // for whoever writes it, or reads it
};

// Who may write there is root on the host without another step; null for other paths.
[[nodiscard]] const HostPath* root_equivalent(std::string_view path);

// Who may read there learns what is no business of a container.
[[nodiscard]] const HostPath* sensitive(std::string_view path);

}  // namespace composelint

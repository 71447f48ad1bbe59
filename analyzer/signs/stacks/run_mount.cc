#include "analyzer/signs/stacks/run_mount.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/stacks/mounts.h"

namespace composelint {

namespace {

bool tells_of_volume(std::string_view name) {
  std::string upper(name);
  std::transform(upper.begin(), upper.end(), upper.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return upper.find("VOL") != std::string::npos;
}

}  // namespace

std::optional<RunMount> run_mount(const Argument& word) {
  const std::size_t colon = word.text.find(':');
  if (colon == std::string::npos) return std::nullopt;
  for (const Hole& hole : word.holes) {
    if (hole.at > colon) return std::nullopt;
  }
  RunMount mount{word.text.substr(0, colon), word.text.substr(colon + 1), false};
  if (mount.target.ends_with(":ro") || mount.target.find(":ro,") != std::string::npos) {
    mount.target.resize(mount.target.find(':'));
    return mount;  // nothing is written there
  }
  mount.target = mount.target.substr(0, mount.target.find(':'));
  const bool path =
      mount.source.find_first_of("/~\\") != std::string::npos || mount.source.starts_with('.');
  if (word.holes.empty()) {
    // Where the engine keeps them all.
    const bool engines = lies_below(mount.source, "/var/lib/docker/volumes");
    mount.volume = engines || (!path && !mount.source.empty());
  } else {
    // `"$DATA_VOLUME":/data`, `"${PROJECT}_data":/data`, `"$(basename "$PWD")_data":/data`.
    const bool prefix = mount.source.starts_with('_') || mount.source.starts_with('-');
    const bool plain = std::none_of(word.holes.begin(), word.holes.end(), [&](const Hole& hole) {
      const bool printed = hole.name.starts_with('$') && (!prefix || hole.name == "$(pwd)");
      return hole.name == "PWD" || hole.name == "HOME" || printed;
    });
    mount.volume =
        plain && !path && (!mount.source.empty() || tells_of_volume(word.holes.front().name));
  }
  return mount;
}

bool lies_in_another(const std::vector<RunMount>& mounts, const RunMount& own,
                     std::string_view path) {
  return std::any_of(mounts.begin(), mounts.end(), [&](const RunMount& mount) {
    return &mount != &own && mount.target.size() > 1 && lies_below(path, mount.target);
  });
}

}  // namespace composelint

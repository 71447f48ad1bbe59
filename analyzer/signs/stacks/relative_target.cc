#include "analyzer/signs/stacks/relative_target.h"

#include <algorithm>
#include <cctype>
#include <string_view>

namespace composelint {

namespace {

bool is_relative(std::string_view target) {
  if (target.empty() || target.find_first_of("$\\{<") != target.npos) return false;
  const bool of_windows = target.size() > 1 && target[1] == ':' &&
                          std::isalpha(static_cast<unsigned char>(target[0])) != 0;
  return target.front() != '/' && target.front() != '~' && !of_windows;
}

}  // namespace

bool has_relative_target(const Mount& mount) {
  return mount.known && mount.span && (mount.type == "volume" || mount.type == "bind") &&
         is_relative(mount.target);
}

const Mount* relative_target(const Service& service) {
  const auto found =
      std::find_if(service.mounts.begin(), service.mounts.end(), has_relative_target);
  return found == service.mounts.end() ? nullptr : &*found;
}

}  // namespace composelint

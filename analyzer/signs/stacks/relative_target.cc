#include "analyzer/signs/stacks/relative_target.h"

#include <cctype>
#include <string_view>
#include <vector>

#include "analyzer/signs/words/blank_word.h"

namespace composelint {

namespace {

bool is_relative(std::string_view target) {
  if (target.empty() || target.find_first_of("$\\{<") != target.npos) return false;
  const bool of_windows = target.size() > 1 && target[1] == ':' &&
                          std::isalpha(static_cast<unsigned char>(target[0])) != 0;
  return target.front() != '/' && target.front() != '~' && !of_windows;
}

}  // namespace

std::vector<const Mount*> relative_targets(const Service& service) {
  std::vector<const Mount*> out;
  for (const Mount& mount : service.mounts) {
    const bool made = mount.type == "volume" || mount.type == "bind";
    const bool blank = is_blank_word(mount.target);
    if (mount.known && mount.span && made && !blank && is_relative(mount.target)) {
      out.push_back(&mount);
    }
  }
  return out;
}

const Mount* relative_target(const Service& service) {
  const std::vector<const Mount*> all = relative_targets(service);
  return all.empty() ? nullptr : all.front();
}

}  // namespace composelint

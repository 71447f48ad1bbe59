#include "analyzer/signs/stacks/stays.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include "analyzer/signs/stacks/host_mount.h"
#include "analyzer/signs/stacks/made_to_develop.h"
#include "analyzer/signs/stacks/operated_stack.h"
#include "analyzer/signs/steps/reached_by_name.h"

namespace composelint {

namespace {

// `/srv/shop/data`, `/mnt/media`: a checkout is below somebody's home.
bool is_a_servers_directory(std::string_view path) {
  static constexpr std::array<std::string_view, 9> kAbove = {"/data/",    "/media/",   "/mnt/",
                                                             "/opt/",     "/root/",    "/srv/",
                                                             "/storage/", "/var/lib/", "/var/www/"};
  return !path.starts_with("/var/lib/docker") &&
         (path.starts_with("/volume") ||
          std::any_of(kAbove.begin(), kAbove.end(),
                      [&](std::string_view above) { return path.starts_with(above); }));
}

bool keeps_in_a_servers_directory(const Service& service, const Project& project) {
  const std::vector<HostMount> mounts = host_mounts(service, project);
  return std::any_of(mounts.begin(), mounts.end(),
                     [](const HostMount& mount) { return is_a_servers_directory(mount.source); });
}

// `${DB_PASSWORD:?}`: nobody starts it for an afternoon without having set it up.
bool asks_for_values(const SourceFile& file) {
  const std::string_view text = file.bytes();
  for (std::size_t at = text.find("${"); at != text.npos; at = text.find("${", at + 2)) {
    const std::size_t end = text.find_first_of(":?-+}\n", at + 2);
    if (end == text.npos) return false;
    if (text[end] == '?' || text.substr(end, 2) == ":?") return true;
  }
  return false;
}

}  // namespace

bool has_what_stays(const Project& project) {
  return shown_by_more(project) ||
         std::any_of(project.files.begin(), project.files.end(),
                     [](const SourceFile* file) { return asks_for_values(*file); }) ||
         std::any_of(project.services.begin(), project.services.end(), [&](const Service& each) {
           return is_set_to_produce(each) || has_a_domain(each) ||
                  keeps_in_a_servers_directory(each, project);
         });
}

}  // namespace composelint

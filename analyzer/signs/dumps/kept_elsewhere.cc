#include "analyzer/signs/dumps/kept_elsewhere.h"

#include <composelint/lower_case.h>
#include <composelint/path_name.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace composelint {

bool is_made_again(std::string_view target) {
  static constexpr std::array<std::string_view, 12> kFolders = {
      ".cache", ".next",        ".nuxt",  ".venv",       "bower_components", "build",
      "dist",   "node_modules", "static", "staticfiles", "target",           "vendor"};
  const std::string_view name = file_name(target);
  return std::find(kFolders.begin(), kFolders.end(), name) != kFolders.end();
}

bool holds_what_is_built(const Volume& volume, const Project& project) {
  if (project.partial) return false;
  bool mounted = false;
  for (const Service& service : project.services) {
    if (service.volumes_from) return false;
    for (const Mount& mount : service.mounts) {
      if (mount.source != volume.key) continue;
      if (!mount.known) return false;
      mounted = true;
      if (!is_made_again(mount.target)) return false;
    }
  }
  return mounted;
}

bool is_filled_at_each_start(const Volume& volume, const Project& project) {
  if (project.partial) return false;
  const auto runs_first = [&](const Service& writer) {
    return std::any_of(project.services.begin(), project.services.end(), [&](const Service& other) {
      return std::any_of(other.depends_on.begin(), other.depends_on.end(), [&](const auto& on) {
        return on.service == writer.name && on.condition == "service_completed_successfully";
      });
    });
  };
  bool filled = false;
  for (const Service& service : project.services) {
    if (service.volumes_from) return false;
    bool reads_the_host = false;
    bool writes = false;
    for (const Mount& mount : service.mounts) {
      reads_the_host |= mount.type == "bind" && mount.read_only;
      if (mount.source != volume.key) continue;
      if (!mount.known) return false;
      writes |= !mount.read_only;
    }
    if (!writes) continue;
    if (!reads_the_host || !runs_first(service)) return false;
    filled = true;
  }
  return filled;
}

bool is_named_for_a_build(std::string_view volume) {
  static constexpr std::array<std::string_view, 7> kEnds = {
      "bower_components", "cache", "dist", "node_modules", "pycache", "vendor", "venv"};
  // shop_webStaticFiles, shop_static_files: gathered from what is in the image.
  const std::string lower = lower_case(volume);
  if (lower.ends_with("staticfiles") || lower.ends_with("static_files")) return true;
  return std::any_of(kEnds.begin(), kEnds.end(), [&](std::string_view end) {
    if (!volume.ends_with(end)) return false;
    const std::string_view before = volume.substr(0, volume.size() - end.size());
    return before.empty() || before.ends_with('_') || before.ends_with('-');
  });
}

}  // namespace composelint

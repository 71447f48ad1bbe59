#include "analyzer/signs/data/data_directory.h"

#include <composelint/nearest.h>
#include <composelint/path_name.h>
#include <composelint/service_role.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/data/image_data.h"
#include "analyzer/signs/stacks/mounts.h"

namespace composelint {

bool starts_the_server(const Service& service) {
  static constexpr std::array<std::string_view, 4> kServers = {"mariadbd", "mongod", "mysqld",
                                                               "postgres"};
  if (service.entrypoint) return false;
  if (!service.command) return true;
  const std::vector<std::string>& words = service.command->value;
  if (!service.command->known || words.empty()) return false;
  if (!words.front().starts_with('-') &&
      std::find(kServers.begin(), kServers.end(), words.front()) == kServers.end()) {
    return false;
  }
  return std::none_of(words.begin(), words.end(), [](const std::string& word) {
    return word == "-D" || word.find("datadir") != std::string::npos ||
           word.find("dbpath") != std::string::npos ||
           word.find("data_directory") != std::string::npos;
  });
}

bool holds_no_data(const Mount& mount) {
  static constexpr std::array<std::string_view, 9> kFolders = {
      "/backup", "/backups", "/docker-entrypoint-initdb.d", "/dump", "/dumps", "/etc", "/tmp",
      "/run",    "/var/log"};
  const std::string_view target = mount.target;
  return target.ends_with(".sql") || target.ends_with(".sh") || target.ends_with(".cnf") ||
         target.ends_with(".conf") || target.ends_with(".js") ||
         std::any_of(kFolders.begin(), kFolders.end(),
                     [&](std::string_view folder) { return lies_below(target, folder); });
}

namespace {

// `/var/lib/mysql_data`, `/data/db-data`; not the `/var/lib/mysql-files` of the image.
bool is_next_to(std::string_view target, std::string_view path) {
  static constexpr std::array<std::string_view, 4> kData = {"data", "database", "datadir", "db"};
  if (!target.starts_with(path) || target.size() < path.size() + 2) return false;
  const char between = target[path.size()];
  const std::string_view word = target.substr(path.size() + 1);
  return (between == '_' || between == '-') &&
         std::find(kData.begin(), kData.end(), word) != kData.end();
}

// `/var/lib/mongodb`: where packages keep it, or who wrote it thought so.
bool is_elsewhere(std::string_view image, std::string_view target) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kPlaces = {
      {{"mariadb", "/var/lib/mariadb"},
       {"mongo", "/data/data"},
       {"mongo", "/data/database"},
       {"mongo", "/data/mongo"},
       {"mongo", "/data/mongodb"},
       {"mongo", "/var/lib/mongo"},
       {"mongo", "/var/lib/mongodb"},
       {"postgres", "/var/lib/pgsql"},
       {"postgres", "/var/lib/pgsql/data"}}};
  return std::find(kPlaces.begin(), kPlaces.end(), std::pair(image, target)) != kPlaces.end();
}

// Whoever mounts it means the data: `/var/lib/postresql/data` is a slip.
bool is_meant_for(const Mount& mount, const ImageData& image, const std::string& path) {
  std::string_view target = mount.target;
  while (target.size() > 1 && target.ends_with('/')) target.remove_suffix(1);
  if (mount.source.empty() || mount.read_only) return false;
  if (is_elsewhere(image.image, target) || is_next_to(target, path)) return true;
  const std::array<std::string_view, 2> paths = {path, image.root};
  const bool there = lies_below(path, target) || lies_below(target, image.root);
  return !there && target.starts_with("/var/lib/") && !nearest(target, paths).empty();
}

}  // namespace

std::optional<DataDirectory> unkept_data_of(const Service& service) {
  if (!service.image || !service.image->known || service.build || service.volumes_from) {
    return std::nullopt;
  }
  const ImageData* image = image_data(service.image->value);
  const bool other_layout = service.image->value.find("bitnami") != std::string::npos;
  if (image == nullptr || other_layout || role_of(service) != ServiceRole::kDatabase) {
    return std::nullopt;
  }
  if (!starts_the_server(service)) return std::nullopt;
  // A digest alone does not tell the release, on which the place hangs.
  const std::string_view named = file_name(service.image->value);
  const bool bare = named.find('@') < named.find(':');
  if (bare && image->image == "postgres") return std::nullopt;
  DataDirectory data{std::string(image->path), std::string(image->root)};
  const int major = postgres_major(service.image->value, *image);
  // Up to 17 the images declare a volume for the data itself, as those of MongoDB do: a mount above
  // it stays empty.
  const bool before_18 = major > 0 && major < 18;
  if (before_18) data.path += "/data";
  const bool own_volume = before_18 || image->image == "mongo";
  bool moved = false;
  for (const auto& [name, value] : service.environment) {
    if (name != "PGDATA") continue;
    // The data is where the variable says.
    if (!value.known || !value.value || !lies_below(*value.value, data.root)) return std::nullopt;
    if (before_18 && !lies_below(*value.value, data.path)) return std::nullopt;
    moved = true;
  }
  for (const std::string& target : service.tmpfs) {
    if (lies_below(data.path, target) || lies_below(target, data.root)) return std::nullopt;
  }
  for (const Mount& mount : service.mounts) {
    if (!mount.known) return std::nullopt;
    if (holds_no_data(mount)) continue;
    const bool anonymous = mount.type == "volume" && mount.source.empty();
    const bool there = lies_below(data.path, mount.target) || lies_below(mount.target, data.root);
    if (own_volume && mount.target != data.path && lies_below(data.path, mount.target)) {
      data.above = &mount;
      continue;
    }
    // From 18 on the image looks for a mount there, and ends where its own folder has no data.
    if (major >= 18 && !moved && mount.target == data.path + "/data") data.old = &mount;
    if (data.old == &mount) continue;
    // `/var/lib/postgresql/data_db`: a folder next to that of the data.
    const bool next_to_it = before_18 && !mount.source.empty() && !mount.read_only &&
                            lies_below(mount.target, data.root) &&
                            !lies_below(mount.target, data.path) &&
                            !lies_below(data.path, mount.target);
    if (next_to_it || is_meant_for(mount, *image, data.path)) {
      data.beside = &mount;
      continue;
    }
    // `- /mongo/data/db` is no place of the data, and keeps nothing.
    if (!anonymous) return std::nullopt;
    if (there) data.mount = &mount;
  }
  return data;
}

}  // namespace composelint

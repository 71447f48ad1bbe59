#include "guard/data_places.h"

#include <composelint/data_directory.h>
#include <composelint/run_mount.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "analyzer/text/path.h"
#include "guard/kept_data.h"

namespace composelint::guard {

namespace {

// Those of a database's own container.
std::vector<std::string> own_places(const Service& service) {
  std::vector<std::string> out(kDataDirectories.begin(), kDataDirectories.end());
  if (service.image) {
    if (const auto* image = detail::image_data(service.image->value)) {
      out.emplace_back(image->path);
    }
  }
  for (const auto& [name, value] : service.environment) {
    if (name == "PGDATA" && value.value) out.push_back(*value.value);
  }
  for (const Mount& mount : service.mounts) {
    if (mount.type == "volume" && may_hold_data(mount) && !detail::holds_no_data(mount)) {
      out.push_back(without_slash(mount.target));
    }
  }
  return out;
}

// What a server of PostgreSQL says of itself, below its data. A directory of this name is a
// database where MySQL has its own.
bool is_log_of_server(std::string_view path) {
  for (const std::string_view name : {"/log", "/pg_log"}) {
    const std::size_t at = path.find(name);
    if (at == std::string_view::npos || !lies_below(path, path.substr(0, at + name.size()))) {
      continue;
    }
    const std::string_view data = path.substr(0, at);
    const bool postgres = data.find("postgres") != std::string_view::npos;
    if (data.ends_with("/pgdata") || (postgres && data.ends_with("/data"))) return true;
  }
  return false;
}

std::string host_path(const Project& project, const std::string& source) {
  const bool path = source.starts_with('/') || source.starts_with('.');
  return path ? without_slash(text::normalise(text::join_path(project.directory, source))) : "";
}

// Where the host has what is mounted. The engine keeps its volumes below one directory, usually
// /var/lib/docker/volumes; `near` is a path that may lie in another one.
std::string on_host(const Project& project, const Mount& mount, std::string_view near) {
  if (mount.type == "bind") return host_path(project, mount.source);
  for (const Volume& volume : project.volumes) {
    if (volume.key != mount.source) continue;
    std::string root = "/var/lib/docker";
    const std::string inner = "/volumes/" + volume.name;
    const std::size_t at = near.find(inner + "/_data");
    if (at != std::string_view::npos) root = near.substr(0, at);
    if (near.ends_with(inner)) root = near.substr(0, near.size() - inner.size());
    return root + inner + "/_data";
  }
  return "";
}

// Where a container that has mounted `source` at `target` finds what `mount` holds; nothing: not
// there.
std::optional<std::string> found_at(const Project& project, const Mount& mount,
                                    const std::string& source, const std::string& target) {
  if (mount.source == source) return target;
  const bool named =
      std::any_of(project.volumes.begin(), project.volumes.end(), [&](const Volume& one) {
        return mount.type != "bind" && one.key == mount.source && one.name == source;
      });
  if (named) return target;
  const std::string mounted = host_path(project, source);
  const std::string data = mounted.empty() ? "" : on_host(project, mount, mounted);
  if (data.empty()) return std::nullopt;
  if (lies_below(mounted, data)) return target;
  if (!lies_below(data, mounted)) return std::nullopt;
  const std::string below = mounted == "/" ? data : data.substr(mounted.size());
  return text::normalise(target + below);
}

}  // namespace

Places::Places(const GuardedCommand& command) : command_(command) {
  const Project* project = command.call().target.project;
  if (project == nullptr) return;
  const Service* service = command.service();
  if (service != nullptr) of_service(*service);
  for (const OptionUse& use : command.call().options) {
    if (use.name != "--volume" || !use.value) continue;
    if (const auto mount = detail::run_mount(*use.value)) {
      if (!use.value->text.ends_with(":ro")) of_mount(mount->source, mount->target);
    }
  }
}

Places::Places(const GuardedCommand& command, std::string_view name) : command_(command) {
  const Project* project = command.call().target.project;
  const Service* service = project == nullptr ? nullptr : project->service(name);
  if (service != nullptr) of_service(*service);
}

const Place* Places::hit(std::string_view path) const {
  if (path.ends_with(".conf") || is_log_of_server(path)) return nullptr;
  const auto found = std::find_if(all_.begin(), all_.end(), [&](const Place& place) {
    return lies_below(path, place.path) || lies_below(place.path, path);
  });
  return found == all_.end() ? nullptr : &*found;
}

const Place* Places::by_variable(std::string_view text) const {
  return text.find("PGDATA") != std::string_view::npos ? first() : nullptr;
}

void Places::of_service(const Service& service) {
  if (role_of(service) == ServiceRole::kDatabase) {
    for (std::string& path : own_places(service)) all_.push_back({std::move(path), service.name});
  }
  for (const Mount& mount : service.mounts) {
    if (!mount.read_only) of_mount(mount.source, mount.target);
  }
}

void Places::of_mount(const std::string& source, const std::string& target) {
  const Project& project = *command_.call().target.project;
  if (source.empty()) return;
  for (const Service& each : project.services) {
    if (role_of(each) != ServiceRole::kDatabase) continue;
    const std::vector<std::string> places = own_places(each);
    for (const Mount& mount : each.mounts) {
      const bool data = std::any_of(places.begin(), places.end(), [&](const std::string& place) {
        return lies_below(mount.target, place) || lies_below(place, mount.target);
      });
      if (!data || mount.source.empty()) continue;
      if (const auto at = found_at(project, mount, source, target)) {
        all_.push_back({without_slash(*at), each.name});
      }
    }
  }
}

}  // namespace composelint::guard

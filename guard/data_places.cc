#include "guard/data_places.h"

#include <composelint/lower_case.h>
#include <composelint/service_role.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <utility>

#include "analyzer/shell/glob.h"
#include "analyzer/signs/data/data_directory.h"
#include "analyzer/signs/data/data_task.h"
#include "analyzer/signs/data/image_data.h"
#include "analyzer/signs/dumps/kept_elsewhere.h"
#include "analyzer/signs/stacks/mounts.h"
#include "analyzer/signs/stacks/run_mount.h"
#include "analyzer/text/path.h"
#include "guard/kept_data.h"
#include "guard/sqlite_file.h"

namespace composelint::guard {

namespace {

// Those of a database's own container.
std::vector<std::string> own_places(const Service& service) {
  std::vector<std::string> out;
  const auto* image = service.image ? image_data(service.image->value) : nullptr;
  if (image != nullptr) {
    out.emplace_back(image->path);
  } else {
    for (const std::string_view place : data_directories()) out.emplace_back(place);
  }
  for (const auto& [name, value] : service.environment) {
    if (name == "PGDATA" && value.value) out.push_back(*value.value);
  }
  for (const Mount& mount : service.mounts) {
    if (mount.type == "volume" && may_hold_data(mount) && !holds_no_data(mount)) {
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

// Where the host has what is mounted, as far as the engine keeps its volumes where it usually does.
std::string host_path(const Project& project, const Mount& mount) {
  if (mount.type == "bind") return host_path(project, mount.source);
  for (const Volume& volume : project.volumes) {
    if (volume.key == mount.source) return "/var/lib/docker/volumes/" + volume.name + "/_data";
  }
  return "";
}

// `/big/docker/volumes/shop_data/_data/base`: wherever the engine keeps its volumes, one that is of
// this name lies there.
bool lies_in_volume(std::string_view path, const std::string& name) {
  const std::string inner = "/volumes/" + name;
  const std::size_t at = path.find(inner);
  if (at == std::string_view::npos) return false;
  const std::string_view rest = path.substr(at + inner.size());
  return rest.empty() || lies_below(rest, "/_data");
}

enum class Depth { kAbove, kEither, kBelow };

std::vector<std::string_view> parts_of(std::string_view path) {
  std::vector<std::string_view> out;
  for (std::size_t at = path.find_first_not_of('/'); at < path.size();) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    out.push_back(path.substr(at, end - at));
    at = path.find_first_not_of('/', end);
  }
  return out;
}

// Something that the pattern names is in `place` (below), is or holds all of it (above), or either.
bool matches(std::string_view pattern, std::string_view place, Depth depth) {
  std::vector<std::string_view> of_pattern = parts_of(pattern);
  const std::vector<std::string_view> of_place = parts_of(place);
  // `/x/*`: all that is in there.
  const bool all = !of_pattern.empty() && of_pattern.back() == "*";
  if (depth == Depth::kAbove && all) of_pattern.pop_back();
  if (depth == Depth::kAbove && of_pattern.size() > of_place.size()) return false;
  if (depth == Depth::kBelow && of_pattern.size() <= of_place.size()) return false;
  const std::size_t common = std::min(of_pattern.size(), of_place.size());
  for (std::size_t i = 0; i < common; ++i) {
    if (!shell::glob_matches(of_pattern[i], of_place[i])) return false;
  }
  return true;
}

// What is made again at the next start, or was there for a while only.
bool is_worth_nothing(const Mount& mount, const Project& project) {
  const std::string_view name = text::name_of(mount.target);
  if (holds_no_data(mount) || is_made_again(mount.target) || is_named_for_a_build(name) ||
      says_scratch(lower_case(name)) || name == "log" || name == "logs") {
    return true;
  }
  if (mount.type == "bind") return is_made_again(mount.source);
  return is_named_for_a_build(mount.source) ||
         std::any_of(project.volumes.begin(), project.volumes.end(), [&](const Volume& volume) {
           return volume.key == mount.source && (holds_what_is_built(volume, project) ||
                                                 is_filled_at_each_start(volume, project));
         });
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
  const std::string data = mounted.empty() ? "" : host_path(project, mount);
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
    const auto run = run_mount(*use.value);
    if (!run || run->source.empty()) continue;
    Mount mount;
    const std::string host = host_path(*project, run->source);
    mount.type = host.empty() ? "volume" : "bind";
    mount.source = host.empty() ? run->source : host;
    mount.target = run->target;
    mount.read_only = use.value->text.ends_with(":ro");
    add_mount(mount, service == nullptr ? std::string() : service->name);
  }
}

Places::Places(const GuardedCommand& command, std::string_view name) : command_(command) {
  const Project* project = command.call().target.project;
  const Service* service = project == nullptr ? nullptr : project->service(name);
  if (service != nullptr) of_service(*service);
}

const Place* Places::hit(std::string_view path) const {
  // What a server that was killed has left of itself.
  static constexpr std::array<std::string_view, 3> kSigns = {"/postmaster.pid", "/recovery.signal",
                                                             "/standby.signal"};
  // MySQL names its own after the host.
  const bool of_mysql = path.ends_with(".pid") && path.find("/mysql/") != std::string_view::npos;
  const bool sign =
      of_mysql || std::any_of(kSigns.begin(), kSigns.end(),
                              [&](std::string_view name) { return path.ends_with(name); });
  if (sign || path.ends_with(".conf") || is_log_of_server(path)) return nullptr;
  const auto found = std::find_if(all_.begin(), all_.end(), [&](const Place& place) {
    if (!place.volume.empty()) return lies_in_volume(on_host(std::string(path)), place.volume);
    return lies_below(path, place.path) || lies_below(place.path, path);
  });
  return found == all_.end() ? nullptr : &*found;
}

const Place* Places::kept_file(std::string_view path, std::string_view name) const {
  if (!is_file_of_sqlite(name) || is_scratch_file(name)) return nullptr;
  const auto found = std::find_if(others_.begin(), others_.end(),
                                  [&](const Place& place) { return lies_below(path, place.path); });
  return found == others_.end() ? nullptr : &*found;
}

const Place* Places::emptied_by(std::string_view path) const {
  const auto found = std::find_if(others_.begin(), others_.end(),
                                  [&](const Place& place) { return lies_below(place.path, path); });
  return found == others_.end() ? nullptr : &*found;
}

const Place* Places::hit_by(const std::string& pattern) const {
  // `*.pid`; among `*.conf` are those of the server, and what it was told to become.
  if (pattern.ends_with(".pid") || is_log_of_server(pattern)) return nullptr;
  const std::string known = pattern.substr(0, pattern.rfind('/', pattern.find_first_of("*?[")));
  const auto found = std::find_if(all_.begin(), all_.end(), [&](const Place& place) {
    if (!place.volume.empty()) return lies_in_volume(on_host(known), place.volume);
    return matches(pattern, place.path, Depth::kEither);
  });
  return found == all_.end() ? nullptr : &*found;
}

const Place* Places::kept_file_by(const std::string& pattern) const {
  const std::string_view name = text::name_of(pattern);
  if (!is_file_of_sqlite(name) || is_scratch_file(name)) return nullptr;
  const auto found = std::find_if(others_.begin(), others_.end(), [&](const Place& place) {
    return matches(pattern, place.path, Depth::kBelow);
  });
  return found == others_.end() ? nullptr : &*found;
}

const Place* Places::emptied_by_pattern(const std::string& pattern) const {
  const auto found = std::find_if(others_.begin(), others_.end(), [&](const Place& place) {
    return matches(pattern, place.path, Depth::kAbove);
  });
  return found == others_.end() ? nullptr : &*found;
}

std::string Places::on_host(const std::string& path) const {
  // The innermost mount that it lies in.
  const Place* best = nullptr;
  for (const Place& place : mounted_) {
    const bool inner = best == nullptr || place.path.size() >= best->path.size();
    if (inner && lies_below(path, place.path)) best = &place;
  }
  if (best == nullptr || !best->source.starts_with('/')) return "";
  return text::normalise(best->source + "/" +
                         path.substr(best->path == "/" ? 0 : best->path.size()));
}

const Place* Places::by_variable(std::string_view text) const {
  return text.find("PGDATA") != std::string_view::npos ? first() : nullptr;
}

void Places::of_service(const Service& service) {
  if (role_of(service) == ServiceRole::kDatabase) {
    for (std::string& path : own_places(service)) all_.push_back({std::move(path), service.name});
  }
  for (const Mount& mount : service.mounts) add_mount(mount, service.name);
}

void Places::add_mount(const Mount& mount, const std::string& service) {
  const std::string target = without_slash(mount.target);
  mounted_.push_back({target, service, mount.source});
  if (mount.read_only || mount.source.empty()) return;
  of_mount(mount.source, mount.target);
  const Project& project = *command_.call().target.project;
  if (may_hold_data(mount) && mount.known && !is_worth_nothing(mount, project)) {
    others_.push_back({target, service, mount.source});
  }
}

void Places::of_mount(const std::string& source, const std::string& target) {
  const Project& project = *command_.call().target.project;
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
        continue;
      }
      for (const Volume& volume : project.volumes) {
        const bool may = volume.key == mount.source && !host_path(project, source).empty();
        if (may) all_.push_back({without_slash(target), each.name, "", volume.name});
      }
    }
  }
}

}  // namespace composelint::guard

#include "analyzer/signs/stacks/under_a_server.h"

#include <composelint/quoted.h>
#include <composelint/service_role.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "analyzer/signs/data/copied_volume.h"
#include "analyzer/signs/data/database_directory.h"
#include "analyzer/signs/data/volume_write.h"
#include "analyzer/signs/stacks/lifecycle.h"
#include "analyzer/signs/words/wording.h"

namespace composelint {

bool has_volume(const Project& project, const Service& service, std::string_view name) {
  const bool given = project.name.from.span.file != nullptr;
  return std::any_of(project.volumes.begin(), project.volumes.end(), [&](const Volume& volume) {
    const bool mounted =
        std::any_of(service.mounts.begin(), service.mounts.end(),
                    [&](const Mount& mount) { return mount.source == volume.key; });
    const bool made_up = volume.name == project.name.value + "_" + volume.key;
    return mounted &&
           (volume.name == name || (made_up && !given && name.ends_with("_" + volume.key)));
  });
}

namespace {

// `docker run -v VOLUME:/from:ro … tar c`: the name of that volume of the service; empty: none.
std::string_view volume_copied(const Project& project, const Service& service, const Step& step) {
  if (!runs_a_copier(step)) return {};
  for (const OptionUse& use : step.docker->options) {
    if (use.name != "--volume" || !use.value) continue;
    const std::string_view text = use.value->text;
    const std::string_view name = text.substr(0, text.find(':'));
    const bool known = use.value->holes.empty() || use.value->holes.front().at > name.size();
    if (known && has_volume(project, service, name)) return name;
  }
  return {};
}

// `tar czf x.tgz data`, `cp -a /var/lib/docker/volumes/shop_data/_data /srv/backup`.
bool copies_files_of(const Project& project, const Service& service, const Step& step) {
  if (step.role != Role::kFileBackup || step.effect != Effect::kDumps) return false;
  if (step.launcher != Launcher::kNone) return false;
  Project alone;
  alone.directory = project.directory;
  alone.services.push_back(service);
  return std::any_of(step.argv.begin() + 1, step.argv.end(), [&](const Argument& word) {
    constexpr std::string_view kVolumes = "/docker/volumes/";
    const std::size_t at = word.text.find(kVolumes);
    if (at != std::string::npos && word.holes.empty()) {
      const std::string_view rest = std::string_view(word.text).substr(at + kVolumes.size());
      return has_volume(project, service, rest.substr(0, rest.find('/')));
    }
    const auto path = word.text.starts_with('-') ? std::nullopt : path_of_directory(word);
    return path && !path->empty() && *path != "/" && *path != "." && holds_a_database(alone, *path);
  });
}

}  // namespace

std::string done_under_a_server(const Step& stop, const Step& later) {
  const Project* project = stop.call->target.project;
  if (project == nullptr) return {};
  const auto write = volume_write(later);
  for (const Service& service : project->services) {
    if (role_of(service) != ServiceRole::kDatabase || !reaches_service(*stop.call, service)) {
      continue;
    }
    const std::string still = " under a " + quoted(service.name) + " that is still up";
    if (write && has_volume(*project, service, write->volume)) {
      return quoted(write->program) + " on " + line_of(later, stop.span) +
             " changes the files of volume " + quoted(write->volume) + still;
    }
    const std::string_view volume = volume_copied(*project, service, later);
    if (!volume.empty()) {
      return quoted("docker run") + " on " + line_of(later, stop.span) +
             " copies the files of volume " + quoted(volume) + still +
             ", and such a copy may not start again";
    }
    if (copies_files_of(*project, service, later)) {
      return quoted(program_name(later)) + " on " + line_of(later, stop.span) +
             " copies the files of the database" + still + ", and such a copy may not start again";
    }
  }
  return {};
}

}  // namespace composelint

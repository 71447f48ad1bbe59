#include "analyzer/signs/data/kept_volume.h"

#include <composelint/lower_case.h>
#include <composelint/path_name.h>
#include <composelint/service_role.h>
#include <composelint/timeline.h>
#include <composelint/value.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "analyzer/signs/data/data_directory.h"
#include "analyzer/signs/data/destructive_recipe.h"
#include "analyzer/signs/dumps/kept_elsewhere.h"
#include "analyzer/signs/images/image_name.h"
#include "analyzer/signs/steps/streams.h"
#include "analyzer/signs/words/fixed_name.h"

namespace composelint {

namespace {

// `uploads`, `pgdata`, `/var/lib/vault`; not `cache_data`.
bool speaks_of_data(std::string_view name) {
  static constexpr std::array<std::string_view, 12> kWhat = {
      "data",  "database", "db",    "files",   "filestore", "media",
      "state", "storage",  "store", "uploads", "upload",    "repositories"};
  static constexpr std::array<std::string_view, 8> kMadeAgain = {
      "cache", "log", "logs", "node_modules", "static", "staticfiles", "tmp", "vendor"};
  const std::string text = lower_case(name);
  const auto has = [&](std::string_view part) { return has_part(text, part); };
  if (std::any_of(kMadeAgain.begin(), kMadeAgain.end(), has)) return false;
  return text.starts_with("/var/lib/") || text.ends_with("data") || text.ends_with("db") ||
         std::any_of(kWhat.begin(), kWhat.end(), has);
}

// Its rows are elsewhere, or may be let go at any time.
bool holds_copies(const Service& service) {
  static constexpr std::array<std::string_view, 7> kEngines = {
      "elasticsearch", "manticore",    "meilisearch", "opensearch",
      "solr",          "sphinxsearch", "typesense"};
  const ServiceRole role = role_of(service);
  if (role == ServiceRole::kCache || role == ServiceRole::kProxy) return true;
  if (!service.image) return false;
  const std::string name = image_name(service.image->value).name;
  return std::find(kEngines.begin(), kEngines.end(), file_name(name)) != kEngines.end();
}

// `driver_opts: {device: /srv/data}`: the files lie there, and stay.
bool lies_elsewhere(const Volume& volume, const Project& project) {
  if (project.volumes_model == nullptr) return false;
  const Value* settings = project.volumes_model->find(volume.key);
  const Value* options = settings == nullptr ? nullptr : settings->find("driver_opts");
  return options != nullptr && options->find("device") != nullptr;
}

// `shop_data`, and `"${PROJECT}_data"`, of which the key at its end is known. A project that is
// called the same in every checkout has no volume that begins otherwise.
bool is_called(const Argument& word, const Volume& volume, const Project& project,
               const WorkspaceFacts& facts) {
  if (word.known() && (word.text == volume.name || word.text == volume.key)) {
    return word.text == volume.name || volume.external;
  }
  const std::string key = "_" + volume.key;
  if (!word.text.ends_with(key)) return false;
  const std::size_t begin = word.text.size() - key.size();
  if (!word.known()) {
    return std::all_of(word.holes.begin(), word.holes.end(),
                       [&](const Hole& hole) { return hole.at <= begin; });
  }
  const bool fixed = project.name.from.span || is_in_a_subdirectory(project, facts);
  return !fixed || is_given_somewhere(std::string_view(word.text).substr(0, begin), facts);
}

}  // namespace

bool keeps_data(const Volume& volume, const Project& project) {
  if (lies_elsewhere(volume, project) || is_filled_at_each_start(volume, project) ||
      holds_what_is_built(volume, project))
    return false;
  bool mounted = false;
  for (const Service& service : project.services) {
    for (const Mount& mount : service.mounts) {
      if (mount.source != volume.key || mount.type == "bind") continue;
      mounted = true;
      if (holds_copies(service)) continue;
      if (role_of(service) == ServiceRole::kDatabase) {
        if (!holds_no_data(mount)) return true;
      } else if (speaks_of_data(volume.key) || speaks_of_data(mount.target)) {
        return true;
      }
    }
  }
  return !mounted && project.partial && speaks_of_data(volume.key);
}

bool removes_kept_volume(const WorkspaceFacts& facts, Span removal) {
  const auto is_kept = [&](const Argument& word) {
    return std::any_of(facts.projects.begin(), facts.projects.end(), [&](const Project* project) {
      return std::any_of(
          project->volumes.begin(), project->volumes.end(), [&](const Volume& volume) {
            return is_called(word, volume, *project, facts) && keeps_data(volume, *project);
          });
    });
  };
  for (const TaskView& task : facts.tasks) {
    for (const Step& step : task.timeline->steps) {
      if (!step.docker || !step.docker->is("volume rm") || asked_at(step) != removal) continue;
      const auto& words = step.docker->operands;
      if (std::any_of(words.begin(), words.end(), is_kept)) return true;
    }
  }
  return false;
}

}  // namespace composelint

#include "analyzer/signs/data/derived_volume.h"

#include <composelint/path_name.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "analyzer/signs/images/image_name.h"
#include "analyzer/signs/steps/sequence.h"

namespace composelint {
namespace {

// Some service mounts it, and all that do are of the kind.
template <typename Kind>
bool is_for(const Volume& volume, const Project& project, Kind is_of_the_kind) {
  if (project.partial) return false;
  bool mounted = false;
  for (const Service& service : project.services) {
    if (service.volumes_from) return false;
    const bool here =
        std::any_of(service.mounts.begin(), service.mounts.end(),
                    [&](const Mount& mount) { return !mount.known || mount.source == volume.key; });
    if (!here) continue;
    if (!is_of_the_kind(service)) return false;
    mounted = true;
  }
  return mounted;
}

bool evicts_anything(const Service& service) {
  if (!service.command) return false;
  std::string line;
  for (const std::string& word : service.command->value) line += word + ' ';
  static constexpr std::array<std::string_view, 2> kSaid = {"--maxmemory-policy allkeys-",
                                                            "--maxmemory-policy=allkeys-"};
  return std::any_of(kSaid.begin(), kSaid.end(),
                     [&](std::string_view said) { return line.find(said) != std::string::npos; });
}

bool is_a_search_engine(const Service& service) {
  static constexpr std::array<std::string_view, 7> kEngines = {
      "elasticsearch", "manticore",    "meilisearch", "opensearch",
      "solr",          "sphinxsearch", "typesense"};
  if (!service.image) return false;
  const std::string name = image_name(service.image->value).name;
  return std::find(kEngines.begin(), kEngines.end(), file_name(name)) != kEngines.end();
}

}  // namespace

bool is_a_cache_by_setting(const Volume& volume, const Project& project) {
  return is_for(volume, project, evicts_anything);
}

bool is_an_index_made_anew(const Volume& volume, const Project& project, const Timeline& timeline,
                           const Step& removal) {
  return is_for(volume, project, is_a_search_engine) &&
         first_after(timeline, removal, [](const Step& other) {
           return other.effect_name == "search index";
         }) != nullptr;
}

}  // namespace composelint

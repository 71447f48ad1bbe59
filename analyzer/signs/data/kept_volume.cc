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
#include "analyzer/signs/data/kept_store.h"
#include "analyzer/signs/dumps/kept_elsewhere.h"
#include "analyzer/signs/images/image_name.h"
#include "analyzer/signs/stacks/run_mount.h"
#include "analyzer/signs/steps/entered.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/steps/streams.h"
#include "analyzer/signs/words/development_words.h"
#include "analyzer/signs/words/fixed_name.h"

namespace composelint {

namespace {

// Called after what the next start, or the next build, makes again.
bool speaks_of_what_is_made_again(std::string_view name) {
  static constexpr std::array<std::string_view, 19> kMadeAgain = {
      "assets",      "build",   "cache", "dist",   "log",    "logs",  "node_modules",
      "public",      "install", "run",   "sock",   "socket", "spool", "static",
      "staticfiles", "temp",    "tmp",   "vendor", "venv"};
  const std::string text = lower_case(name);
  return std::any_of(kMadeAgain.begin(), kMadeAgain.end(),
                     [&](std::string_view part) { return has_part(text, part); });
}

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

std::string program_of(const Service& service) {
  if (!service.image) return {};
  const std::string name = image_name(service.image->value).name;
  return std::string(file_name(name));
}

// Messages that nobody has taken yet.
bool is_a_broker(const Service& service) {
  static constexpr std::array<std::string_view, 5> kBrokers = {"cp-kafka", "kafka", "nats",
                                                               "rabbitmq", "redpanda"};
  return std::find(kBrokers.begin(), kBrokers.end(), program_of(service)) != kBrokers.end();
}

bool is_a_search_engine(const Service& service) {
  static constexpr std::array<std::string_view, 7> kEngines = {
      "elasticsearch", "manticore",    "meilisearch", "opensearch",
      "solr",          "sphinxsearch", "typesense"};
  return std::find(kEngines.begin(), kEngines.end(), program_of(service)) != kEngines.end();
}

// It comes back with the machine: what it writes to a volume it has been given one for.
bool is_kept_running(const Service& service) {
  return service.active && service.restart && service.restart->value != "no";
}

// What an index is made of: a database, or the owner's own application, which may have one
// elsewhere.
bool has_the_originals(const Service& service) {
  return service.active && !is_a_search_engine(service) &&
         (role_of(service) == ServiceRole::kDatabase || service.build.has_value());
}

// Its rows are elsewhere, or may be let go at any time.
bool holds_copies(const Service& service, const Mount& mount, const Project& project) {
  const ServiceRole role = role_of(service);
  if (role == ServiceRole::kProxy) {
    // So many certificates a week, and no more.
    return mount.source.find("acme") == std::string::npos &&
           mount.source.find("letsencrypt") == std::string::npos;
  }
  if (role == ServiceRole::kCache) return !is_a_broker(service) && !is_told_to_write(service);
  if (!is_a_search_engine(service)) return false;
  return !is_kept_running(service) || project.partial ||
         std::any_of(project.services.begin(), project.services.end(), has_the_originals);
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
  // COMPOSE_PROJECT_NAME of the machine goes before `name: shop`: `prod_data`, `shop-live_data`.
  const std::string_view prefix = std::string_view(word.text).substr(0, begin);
  return !fixed || is_given_somewhere(prefix, facts) ||
         has_name_word(prefix, {"live", "prod", "production"});
}

// `docker volume ls -q --filter name=shop_`, `… | grep pgdata`: what the names of all that are
// removed hold. Empty where nothing tells.
std::string sieved_for(const Timeline& timeline, const Step& removal) {
  const auto& words = removal.docker->operands;
  const Step* list = last_before(timeline, removal, [&](const Step& other) {
    if (!other.docker || !other.docker->is("volume ls")) return false;
    return (removal.pipeline != 0 && other.pipeline == removal.pipeline) ||
           std::any_of(words.begin(), words.end(),
                       [&](const Argument& word) { return is_output_of(word, other); });
  });
  if (list == nullptr) return {};
  std::string_view name;
  for (const OptionUse& use : list->docker->options) {
    if (use.name != "--filter" || !use.value || !use.value->known()) continue;
    const std::string_view text = use.value->text;
    if (text.starts_with("name=")) name = text.substr(5);
  }
  for (const Step& other : timeline.steps) {
    const bool sieve = list->pipeline != 0 && other.pipeline == list->pipeline &&
                       other.argv.size() > 1 && other.argv.front().is("grep");
    if (!sieve) continue;
    if (other.argv[1].text.starts_with("-v") || !other.argv.back().known()) return {};
    name = other.argv.back().text;
  }
  while (name.starts_with('^')) name.remove_prefix(1);
  while (name.ends_with('$')) name.remove_suffix(1);
  return name.size() < 3 || name.find_first_of("*|\\[(. ") != std::string_view::npos
             ? std::string()
             : std::string(name);
}

// `docker run -d -v shop_rows:/var/lib/postgresql/data`: the script says itself what is in it.
bool is_run_with_data(const Argument& word, const WorkspaceFacts& facts) {
  const auto mounts = [&](const OptionUse& use) {
    if (use.name != "--volume" || !use.value || !word.known()) return false;
    const auto mount = run_mount(*use.value);
    return mount && mount->volume && mount->source == word.text && speaks_of_data(mount->target);
  };
  return std::any_of(facts.tasks.begin(), facts.tasks.end(), [&](const TaskView& task) {
    const auto& steps = task.timeline->steps;
    return std::any_of(steps.begin(), steps.end(), [&](const Step& step) {
      const bool stays = step.docker && !step.docker->has("--rm") &&
                         (step.docker->is("container run") || step.docker->is("container create"));
      return stays && std::any_of(step.docker->options.begin(), step.docker->options.end(), mounts);
    });
  });
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
      if (holds_copies(service, mount, project)) continue;
      if (role_of(service) == ServiceRole::kDatabase) {
        if (!holds_no_data(mount)) return true;
      } else if (speaks_of_data(volume.key) || speaks_of_data(mount.target)) {
        return true;
      } else if (is_kept_running(service) && !mount.read_only && !mount.target.empty() &&
                 !speaks_of_what_is_made_again(volume.key) &&
                 !speaks_of_what_is_made_again(mount.target)) {
        return true;
      }
    }
  }
  return !mounted && project.partial && speaks_of_data(volume.key);
}

bool keeps_files_without_a_name(const Service& service) {
  if (!is_kept_running(service)) return false;
  if (role_of(service) == ServiceRole::kCache && !is_told_to_write(service)) return false;
  return std::any_of(service.mounts.begin(), service.mounts.end(), [](const Mount& mount) {
    return mount.type == "volume" && mount.known && mount.source.empty() && !mount.read_only &&
           speaks_of_data(mount.target) && !speaks_of_what_is_made_again(mount.target);
  });
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
  const auto has_kept_volume = [&](const std::string& part) {
    return std::any_of(facts.projects.begin(), facts.projects.end(), [&](const Project* project) {
      return std::any_of(
          project->volumes.begin(), project->volumes.end(), [&](const Volume& volume) {
            return volume.name.find(part) != std::string::npos && keeps_data(volume, *project);
          });
    });
  };
  for (const TaskView& task : facts.tasks) {
    for (const Step& step : task.timeline->steps) {
      if (!step.docker || !step.docker->is("volume rm") || asked_at(step) != removal) continue;
      const auto& words = step.docker->operands;
      if (std::any_of(words.begin(), words.end(), is_kept)) return true;
      if (std::any_of(words.begin(), words.end(),
                      [&](const Argument& word) { return is_run_with_data(word, facts); })) {
        return true;
      }
      const std::string part = sieved_for(*task.timeline, step);
      if (!part.empty() && has_kept_volume(part)) return true;
    }
  }
  return false;
}

bool is_a_variant_of_a_kept_stack(const WorkspaceFacts& facts, const ComposeInvocation& call,
                                  Span place) {
  const bool variant =
      std::any_of(call.global_options.begin(), call.global_options.end(), [](const OptionUse& use) {
        if (use.name != "--file" || !use.value || !use.value->known()) return false;
        const std::string_view name = file_name(use.value->text);
        return name.starts_with("docker-compose") || name.starts_with("compose");
      });
  if (!variant || place.file == nullptr) return false;
  return std::any_of(facts.projects.begin(), facts.projects.end(), [&](const Project* project) {
    if (!project->default_files || project->files.empty()) return false;
    const std::string_view own = project->files.front()->path();
    const std::string_view folder = own.substr(0, own.size() - file_name(own).size());
    return place.file->path().starts_with(folder) &&
           std::any_of(project->volumes.begin(), project->volumes.end(), [&](const Volume& volume) {
             return !volume.external && keeps_data(volume, *project);
           });
  });
}

}  // namespace composelint

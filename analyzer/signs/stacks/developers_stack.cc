#include "analyzer/signs/stacks/developers_stack.h"

#include <composelint/path_name.h>
#include <composelint/value.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "analyzer/signs/reports/attributes.h"
#include "analyzer/signs/stacks/backing_stack.h"
#include "analyzer/signs/stacks/made_to_develop.h"
#include "analyzer/signs/stacks/named_for.h"
#include "analyzer/signs/steps/reached_by_name.h"
#include "analyzer/signs/steps/worked_on.h"
#include "analyzer/signs/words/development_words.h"

namespace composelint {

namespace {

// What an application that somebody starts beside it talks to: databases and brokers, and no more.
// They are there for this machine alone, or the file or a volume is called so.
bool is_backing_of_a_developer(const Project& project) {
  bool own = false;
  for (const Service& service : project.services) {
    if (!is_a_backing_service(service)) return false;
    own |= is_advertised_here(service);
  }
  for (const Volume& volume : project.volumes) own |= names_development(volume.key);
  for (const SourceFile* file : project.files) {
    own |= has_name_word(file_name(file->path()), {"backing", "dependencies", "deps"});
  }
  return own && !project.services.empty();
}

}  // namespace

bool is_named_for_development(const Project& project) {
  return is_named(project, {"demo", "dev", "development", "showcase"});
}

namespace {

// `./dev-mount/data:/data`: a folder of the project that is called so.
bool mounts_a_developers_folder(const Service& service, const Project& project) {
  const std::string within = project.directory + "/";
  return std::any_of(service.mounts.begin(), service.mounts.end(), [&](const Mount& mount) {
    if (mount.type != "bind" || !mount.known || !mount.source.starts_with(within)) return false;
    const std::string_view below = std::string_view(mount.source).substr(within.size());
    return below.find('/') != below.npos &&
           has_name_word(below.substr(0, below.rfind('/')), {"dev", "development"});
  });
}

// `Dockerfile.dev`, and its sources lie over what that makes: two signs of one service, which say
// more than that it comes back.
bool is_developed_as_it_stays(const Service& service, const Project& project) {
  const std::string within = project.directory + "/";
  return service.build && !is_set_to_produce(service) &&
         has_name_word(file_name(text_at(service, "build.dockerfile")), {"dev", "development"}) &&
         std::any_of(service.mounts.begin(), service.mounts.end(), [&](const Mount& mount) {
           return mount.type == "bind" && mount.known && !mount.read_only &&
                  (mount.source + "/").starts_with(within);
         });
}

}  // namespace

bool is_of_developers_profiles(const Project& project) {
  const auto of_developers = [](const Located<std::string>& profile) {
    return has_name_word(profile.value, {"dev", "development", "local"});
  };
  return !project.services.empty() &&
         std::all_of(project.services.begin(), project.services.end(), [&](const Service& each) {
           return std::any_of(each.profiles.begin(), each.profiles.end(), of_developers);
         });
}

bool is_developers_stack(const Project& project) {
  bool told = is_named_for_development(project) || is_of_developers_profiles(project);
  told |= std::any_of(project.services.begin(), project.services.end(), [](const Service& each) {
    return is_routed_on_this_machine(each) || is_called_local(each) ||
           is_of_a_persons_machine(each);
  });
  for (const SourceFile* file : project.files) {
    const std::string_view name = file_name(file->path());
    if (has_name_word(name, {"live", "prd", "prod", "production", "staging"})) return false;
    told |= is_headed_for_development(*file);
  }
  if (told) return true;
  if (std::any_of(project.services.begin(), project.services.end(),
                  [&](const Service& each) { return is_developed_as_it_stays(each, project); })) {
    return true;
  }
  bool sources = false;
  bool set = false;
  bool mail = false;
  bool reloads = false;
  bool local = false;
  for (const Service& service : project.services) {
    const bool stays = service.restart && (service.restart->value == "always" ||
                                           service.restart->value == "unless-stopped");
    const bool set_here = is_set_to_develop(service);
    // `.` may lie over an image that others build, too.
    const bool sources_here = runs_from_sources(service) ||
                              has_mounted(service, project.directory) || is_watched(service);
    // Over what stays lie its sources: that it stays says nothing then.
    const bool in_use = !sources_here || is_set_to_produce(service);
    // Alone it is what is laid over a base by a developer's switch.
    const bool stage = project.files.size() == 1 && is_built_to_develop(service);
    if (service.build && stays && !set_here && !stage && in_use) return false;
    sources |= sources_here;
    local |= sources_here && !stays && is_reached_on_this_machine(service, true);
    const bool reloads_here = !reloading_server(service).empty() || is_watched(service);
    told |= is_made_to_develop(service) || shows_its_errors(service) ||
            (reloads_here && has_mounted_a_part(service)) ||
            mounts_a_developers_folder(service, project);
    // `local.env` is what this machine sets, whatever it is for.
    for (const EnvFile& file : service.env_files) {
      told |= has_name_word(file_name(file.path), {"dev", "development"});
    }
    told |= !stays && !is_set_to_produce(service) &&
            names_development(text_at(service, "build.dockerfile"));
    set |= set_here;
    mail |= catches_mail(service) && service.active;
    reloads |= reloads_here;
  }
  return told || mail || (sources && (set || reloads || local)) ||
         is_backing_of_a_developer(project);
}

}  // namespace composelint

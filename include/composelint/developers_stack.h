// Stacks that a developer works in: sources lie over what was built, servers start anew when a file
// changes, mail goes to a page.
#pragma once

#include <composelint/attributes.h>
#include <composelint/backing_stack.h>
#include <composelint/development_words.h>
#include <composelint/image_name.h>
#include <composelint/made_to_develop.h>
#include <composelint/path_name.h>
#include <composelint/reached_by_name.h>
#include <composelint/worked_on.h>
#include <composelint/written_out.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace composelint {

namespace detail {

// What an application that somebody starts beside it talks to: databases and brokers, and no more.
// They are there for this machine alone, or the file or a volume is called so.
[[nodiscard]] inline bool is_backing_of_a_developer(const Project& project) {
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

// `name: shop-dev`, as the file has it, for the project or one of its networks.
[[nodiscard]] inline bool is_named_for_development(const Project& project) {
  const auto names = [](std::string_view name) {
    return has_name_word(name, {"dev", "development"});
  };
  if (project.name.from.span && names(project.name.value)) return true;
  const Value* networks = project.networks_model;
  return networks != nullptr &&
         std::any_of(networks->members.begin(), networks->members.end(), [&](const Member& each) {
           const Value* name = each.value.find("name");
           return name != nullptr && name->span && name->is_string() && names(name->text);
         });
}

// `./dev-mount/data:/data`: a folder of the project that is called so.
[[nodiscard]] inline bool mounts_a_developers_folder(const Service& service,
                                                     const Project& project) {
  const std::string within = project.directory + "/";
  return std::any_of(service.mounts.begin(), service.mounts.end(), [&](const Mount& mount) {
    if (mount.type != "bind" || !mount.known || !mount.source.starts_with(within)) return false;
    const std::string_view below = std::string_view(mount.source).substr(within.size());
    return below.find('/') != below.npos &&
           has_name_word(below.substr(0, below.rfind('/')), {"dev", "development"});
  });
}

// Nothing of it is started but by `--profile dev`, `--profile local`.
[[nodiscard]] inline bool is_of_developers_profiles(const Project& project) {
  const auto of_developers = [](const Located<std::string>& profile) {
    return has_name_word(profile.value, {"dev", "development", "local"});
  };
  return !project.services.empty() &&
         std::all_of(project.services.begin(), project.services.end(), [&](const Service& each) {
           return std::any_of(each.profiles.begin(), each.profiles.end(), of_developers);
         });
}

}  // namespace detail

// Sources lie over what was built, and there is a second sign: settings, env files or a Dockerfile
// for development, a server that reloads. One that is built here and made to stay without its
// sources says no. Mail that is caught says yes alone, as nobody gets it, and so do an env file
// and a Dockerfile that are named for development, a router's rule for localhost, names, profiles,
// folders, the head of the file and what is there for nothing else.
[[nodiscard]] inline bool is_developers_stack(const Project& project) {
  bool told =
      detail::is_named_for_development(project) || detail::is_of_developers_profiles(project);
  told |= std::any_of(project.services.begin(), project.services.end(), [](const Service& each) {
    return detail::is_routed_on_this_machine(each) || detail::is_called_local(each);
  });
  for (const SourceFile* file : project.files) {
    const std::string_view name = file_name(file->path());
    if (detail::has_name_word(name, {"live", "prd", "prod", "production", "staging"})) return false;
    told |= detail::is_headed_for_development(*file);
  }
  if (told) return true;
  bool sources = false;
  bool set = false;
  bool mail = false;
  bool reloads = false;
  bool local = false;
  for (const Service& service : project.services) {
    const bool stays = service.restart && (service.restart->value == "always" ||
                                           service.restart->value == "unless-stopped");
    const bool set_here = detail::is_set_to_develop(service);
    // `.` may lie over an image that others build, too.
    const bool sources_here = runs_from_sources(service) || has_mounted(service, project.directory);
    // Over what stays lie its sources: that it stays says nothing then.
    const bool in_use = !sources_here || detail::is_set_to_produce(service);
    // Alone it is what is laid over a base by a developer's switch.
    const bool stage = project.files.size() == 1 && detail::is_built_to_develop(service);
    if (service.build && stays && !set_here && !stage && in_use) return false;
    sources |= sources_here;
    local |= sources_here && !stays && detail::is_reached_on_this_machine(service, true);
    const bool reloads_here = !reloading_server(service).empty();
    told |= detail::is_made_to_develop(service) || (reloads_here && has_mounted_a_part(service)) ||
            detail::mounts_a_developers_folder(service, project);
    // `local.env` is what this machine sets, whatever it is for.
    for (const EnvFile& file : service.env_files) {
      told |= detail::has_name_word(file_name(file.path), {"dev", "development"});
    }
    told |= !stays && !detail::is_set_to_produce(service) &&
            detail::names_development(text_at(service, "build.dockerfile"));
    set |= set_here;
    mail |= detail::catches_mail(service) && service.active;
    reloads |= reloads_here;
  }
  return told || mail || (sources && (set || reloads || local)) ||
         detail::is_backing_of_a_developer(project);
}

}  // namespace composelint

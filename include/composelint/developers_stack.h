// Stacks that a developer works in: sources lie over what was built, servers start anew when a file
// changes, mail goes to a page.
#pragma once

#include <composelint/attributes.h>
#include <composelint/database_port.h>
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

[[nodiscard]] inline bool is_a_backing_service(const Service& service) {
  static constexpr std::array<std::string_view, 12> kBrokers = {
      "activemq", "adminer", "artemis",    "kafka",  "localstack", "minio",
      "nats",     "pgadmin", "phpmyadmin", "pulsar", "rabbitmq",   "zookeeper"};
  if (service.build || !service.image) return false;
  if (is_database_image(service) || catches_mail(service)) return true;
  const std::string name = composelint::image_name(service.image->value).name;
  return std::any_of(kBrokers.begin(), kBrokers.end(),
                     [&](std::string_view each) { return name.find(each) != std::string::npos; });
}

// KAFKA_ADVERTISED_LISTENERS=…://localhost:9092: no other machine gets an answer.
[[nodiscard]] inline bool is_advertised_here(const Service& service) {
  return std::any_of(service.environment.begin(), service.environment.end(), [](const auto& each) {
    return each.first.find("ADVERTISED") != std::string::npos && each.second.value &&
           (each.second.value->find("127.0.0.1") != std::string::npos ||
            each.second.value->find("localhost") != std::string::npos);
  });
}

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
// that is named for development, names, profiles, folders, the head of the file and what is there
// for nothing else.
[[nodiscard]] inline bool is_developers_stack(const Project& project) {
  bool told =
      detail::is_named_for_development(project) || detail::is_of_developers_profiles(project);
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
    if (service.build && stays && !set_here && in_use) return false;
    sources |= sources_here;
    local |= sources_here && !stays && detail::is_reached_on_this_machine(service, true);
    const bool reloads_here = !reloading_server(service).empty();
    told |= detail::is_made_to_develop(service) || (reloads_here && has_mounted_a_part(service)) ||
            detail::mounts_a_developers_folder(service, project);
    for (const EnvFile& file : service.env_files) {
      told |= detail::has_name_word(file_name(file.path), {"dev", "development"});
    }
    set |= set_here;
    mail |= detail::catches_mail(service) && service.active;
    reloads |= reloads_here;
  }
  return told || mail || (sources && (set || reloads || local)) ||
         detail::is_backing_of_a_developer(project);
}

}  // namespace composelint

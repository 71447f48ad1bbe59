// Stacks that a developer works in: sources lie over what was built, servers start anew when a file
// changes, mail goes to a page.
#pragma once

#include <composelint/attributes.h>
#include <composelint/database_port.h>
#include <composelint/development_words.h>
#include <composelint/image_name.h>
#include <composelint/made_to_develop.h>
#include <composelint/path_name.h>
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

// NEXTAUTH_URL=http://localhost:3000: those who come are at this machine.
[[nodiscard]] inline bool is_reached_on_this_machine(const Service& service) {
  static constexpr std::array<std::string_view, 6> kOwn = {
      "APP_URL", "BASE_URL", "FRONTEND_URL", "NEXTAUTH_URL", "PUBLIC_URL", "SITE_URL"};
  return std::any_of(service.environment.begin(), service.environment.end(), [&](const auto& each) {
    return each.second.value && each.second.value->starts_with("http://localhost") &&
           std::any_of(kOwn.begin(), kOwn.end(),
                       [&](std::string_view own) { return each.first.ends_with(own); });
  });
}

// `name: shop-dev`, as the file has it.
[[nodiscard]] inline bool is_named_for_development(const Project& project) {
  return project.name.from.span && has_name_word(project.name.value, {"dev", "development"});
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
// for development, a server that reloads, mail that is caught. One that is built here and made to
// stay says no. An env file that is named for development says yes alone, and so do names,
// profiles, the head of the file and what is there for nothing else.
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
    if (service.build && stays && !set_here) return false;
    // `.` may lie over an image that others build, too.
    const bool sources_here = runs_from_sources(service) || has_mounted(service, project.directory);
    sources |= sources_here;
    local |= sources_here && !stays && detail::is_reached_on_this_machine(service);
    const bool reloads_here = !reloading_server(service).empty();
    told |= detail::is_made_to_develop(service) || (reloads_here && has_mounted_a_part(service));
    for (const EnvFile& file : service.env_files) {
      told |= detail::has_name_word(file_name(file.path), {"dev", "development"});
    }
    set |= set_here;
    mail |= detail::catches_mail(service);
    reloads |= reloads_here;
  }
  return told || (sources && (set || mail || reloads || local)) || (mail && set) ||
         detail::is_backing_of_a_developer(project);
}

}  // namespace composelint

// Stacks that a developer works in: sources lie over what was built, servers start anew when a file
// changes, mail goes to a page.
#pragma once

#include <composelint/attributes.h>
#include <composelint/database_port.h>
#include <composelint/development_words.h>
#include <composelint/image_name.h>
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
[[nodiscard]] inline bool catches_mail(const Service& service) {
  static constexpr std::array<std::string_view, 6> kCatchers = {
      "fake-smtp", "mailcatcher", "maildev", "mailhog", "mailpit", "smtp4dev"};
  const std::string image = service.image ? image_name(service.image->value).name : std::string();
  return std::any_of(kCatchers.begin(), kCatchers.end(),
                     [&](std::string_view each) { return image.find(each) != std::string::npos; });
}

// The service says what it is for: its settings, env files or Dockerfile are a developer's.
[[nodiscard]] inline bool is_set_to_develop(const Service& service) {
  if (is_for_development(service)) return true;
  for (const auto& [name, value] : service.environment) {
    if (name.ends_with("SETTINGS_MODULE") && value.value && names_development(*value.value)) {
      return true;
    }
  }
  for (const EnvFile& file : service.env_files) {
    if (names_development(file.path)) return true;
  }
  return names_development(text_at(service, "build.dockerfile"));
}

// Laravel Sail, a debugger, a stage of the Dockerfile for it: nothing else has those.
[[nodiscard]] inline bool is_made_to_develop(const Service& service) {
  const std::string target = text_at(service, "build.target");
  if (target == "dev" || target == "development") return true;
  if (text_at(service, "build.context").find("vendor/laravel/sail/") != std::string::npos) {
    return true;
  }
  if (service.image && service.image->value.starts_with("sail-") &&
      service.image->value.ends_with("/app")) {
    return true;
  }
  return std::any_of(service.environment.begin(), service.environment.end(), [](const auto& each) {
    return each.first == "XDEBUG_MODE" || each.first == "XDEBUG_CONFIG";
  });
}
}  // namespace detail

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

// What an application that somebody starts beside it talks to: databases and brokers, and no more.
// They are there for this machine alone, or the file or a volume is called so.
[[nodiscard]] inline bool is_backing_of_a_developer(const Project& project) {
  bool own = false;
  for (const Service& service : project.services) {
    if (!is_a_backing_service(service)) return false;
    for (const auto& [name, value] : service.environment) {
      own |= name.find("ADVERTISED") != std::string::npos && value.value &&
             (value.value->find("127.0.0.1") != std::string::npos ||
              value.value->find("localhost") != std::string::npos);
    }
  }
  for (const Volume& volume : project.volumes) own |= names_development(volume.key);
  for (const SourceFile* file : project.files) {
    own |= has_name_word(file_name(file->path()), {"backing", "dependencies", "deps"});
  }
  return own && !project.services.empty();
}

}  // namespace detail

// Sources lie over what was built, and there is a second sign: settings, env files or a Dockerfile
// for development, a server that reloads, mail that is caught. One that is built here and made to
// stay says no. An env file that is named for development says yes alone, and so do the head of the
// file and what is there for nothing else.
[[nodiscard]] inline bool is_developers_stack(const Project& project) {
  bool sources = false;
  bool second = false;
  bool told = false;
  for (const Service& service : project.services) {
    const bool stays = service.restart && (service.restart->value == "always" ||
                                           service.restart->value == "unless-stopped");
    if (service.build && stays && !detail::is_set_to_develop(service)) return false;
    // `.` may lie over an image that others build, too.
    sources |= runs_from_sources(service) || has_mounted(service, project.directory);
    told |= detail::is_made_to_develop(service);
    for (const EnvFile& file : service.env_files) {
      told |= detail::has_name_word(file_name(file.path), {"dev", "development"});
    }
    second |= detail::is_set_to_develop(service) || !reloading_server(service).empty() ||
              detail::catches_mail(service);
  }
  for (const SourceFile* file : project.files) {
    const std::string_view name = file_name(file->path());
    if (detail::has_name_word(name, {"live", "prd", "prod", "production", "staging"})) return false;
    told |= detail::is_headed_for_development(*file);
  }
  return told || (sources && second) || detail::is_backing_of_a_developer(project);
}

}  // namespace composelint

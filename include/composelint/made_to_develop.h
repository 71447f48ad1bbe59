// Services that are set or made for a developer's machine.
#pragma once

#include <composelint/attributes.h>
#include <composelint/development_words.h>
#include <composelint/image_name.h>
#include <composelint/published_port.h>
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
    const bool names = name.ends_with("SETTINGS_MODULE") || name == "SPRING_PROFILES_ACTIVE";
    if (names && value.value && names_development(*value.value)) return true;
  }
  for (const EnvFile& file : service.env_files) {
    if (names_development(file.path)) return true;
  }
  return names_development(text_at(service, "build.dockerfile"));
}

// Of a debugger, or of certificates for this machine alone.
[[nodiscard]] inline bool is_a_developers_mount(const Mount& mount) {
  return mount.source.find("xdebug") != std::string::npos ||
         mount.target.find("xdebug") != std::string::npos ||
         mount.source.find("/mkcert") != std::string::npos;
}

// That of a browser which loads anew, that of a debugger.
[[nodiscard]] inline bool is_a_developers_port(const PublishedPort& port) {
  return port.known && (port.target == 9229 || port.target == 35729);
}

// Laravel Sail, a cloud on a laptop, a debugger, a stage of the Dockerfile for it: nothing else has
// those.
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
  if (service.image &&
      image_name(service.image->value).name.find("localstack/") != std::string::npos) {
    return true;
  }
  const std::vector<PublishedPort> ports = published_ports(service);
  if (std::any_of(service.mounts.begin(), service.mounts.end(), is_a_developers_mount) ||
      std::any_of(ports.begin(), ports.end(), is_a_developers_port)) {
    return true;
  }
  return std::any_of(service.environment.begin(), service.environment.end(), [](const auto& each) {
    return each.first == "XDEBUG_MODE" || each.first == "XDEBUG_CONFIG";
  });
}
}  // namespace detail

}  // namespace composelint

#include "analyzer/signs/stacks/made_to_develop.h"

#include <composelint/provenance.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/images/image_name.h"
#include "analyzer/signs/reports/attributes.h"
#include "analyzer/signs/reports/written_out.h"
#include "analyzer/signs/stacks/published_port.h"
#include "analyzer/signs/words/development_words.h"

namespace composelint {

bool catches_mail(const Service& service) {
  static constexpr std::array<std::string_view, 6> kCatchers = {
      "fake-smtp", "mailcatcher", "maildev", "mailhog", "mailpit", "smtp4dev"};
  const std::string image = service.image ? image_name(service.image->value).name : std::string();
  return std::any_of(kCatchers.begin(), kCatchers.end(),
                     [&](std::string_view each) { return image.find(each) != std::string::npos; });
}

// `define("WP_DEBUG", true);`, with either quotes.
bool turns_debug_on(std::string_view config) {
  constexpr std::string_view kName = "WP_DEBUG";
  for (std::size_t at = config.find(kName); at != config.npos; at = config.find(kName, at + 1)) {
    std::string_view rest = config.substr(at + kName.size());
    if (!rest.starts_with('"') && !rest.starts_with('\'')) continue;
    rest.remove_prefix(1);
    rest.remove_prefix(std::min(rest.find_first_not_of(", "), rest.size()));
    if (rest.starts_with("true")) return true;
  }
  return false;
}

bool shows_its_errors(const Service& service) {
  return std::any_of(service.environment.begin(), service.environment.end(), [](const auto& each) {
    if (!each.second.value) return false;
    const std::string& value = *each.second.value;
    if (each.first == "WORDPRESS_DEBUG") return value == "1" || value == "true";
    return each.first == "WORDPRESS_CONFIG_EXTRA" && turns_debug_on(value);
  });
}

bool is_set_to_develop(const Service& service) {
  if (is_for_development(service) || shows_its_errors(service)) return true;
  for (const auto& [name, value] : service.environment) {
    const bool names = name.ends_with("SETTINGS_MODULE") || name == "SPRING_PROFILES_ACTIVE";
    if (names && value.value && names_development(*value.value)) return true;
    if (name == "SERVICE_TAGS" && value.value && *value.value == "dev") return true;
  }
  for (const EnvFile& file : service.env_files) {
    if (names_development(file.path)) return true;
  }
  return names_development(text_at(service, "build.dockerfile"));
}

bool is_set_to_produce(const Service& service) {
  return std::any_of(service.environment.begin(), service.environment.end(), [](const auto& each) {
    const std::string& name = each.first;
    const bool tells = name.ends_with("_ENV") || name.ends_with("ENVIRONMENT") ||
                       name.ends_with("SETTINGS_MODULE") || name == "SPRING_PROFILES_ACTIVE";
    return tells && each.second.value && has_name_word(*each.second.value, {"prod", "production"});
  });
}

namespace {

// `./ssl/localhost.crt`: nobody asks this machine by another name.
bool is_of_localhost(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);  // npos + 1 is 0
  return name == "localhost.crt" || name == "localhost.key" || name == "localhost.pem";
}

// Of a debugger, of whoever has a key agent, or of certificates for this machine alone.
bool is_a_developers_mount(const Mount& mount) {
  return mount.source.find("xdebug") != std::string::npos ||
         mount.target.find("xdebug") != std::string::npos ||
         mount.source.find("/mkcert") != std::string::npos ||
         mount.target.find("/ssh-agent") != std::string::npos || is_of_localhost(mount.source);
}

// The folder of somebody on a Mac or on Windows: that is somebody's own machine.
bool is_in_a_persons_folder(std::string_view path) {
  constexpr std::string_view kUsers = "/Users";
  if (path.size() > 1 && path[1] == ':') path.remove_prefix(2);
  if (path.size() <= kUsers.size()) return false;
  const auto is_sign = [&](std::size_t at) { return path[at] == '/' || path[at] == '\\'; };
  return is_sign(0) && path.substr(1).starts_with(kUsers.substr(1)) && is_sign(kUsers.size());
}

// That of a browser which loads anew, that of a debugger.
bool is_a_developers_port(const PublishedPort& port) {
  return port.known && (port.target == 9229 || port.target == 35729);
}

// POSTGRES_DB=shop_local: its own name says for which machine it is.
bool is_a_local_database(
    const std::pair<std::string, Located<std::optional<std::string>>>& variable) {
  const auto& [name, value] = variable;
  const bool names = name.ends_with("_DB") || name.ends_with("_DATABASE") || name == "DB_NAME";
  return names && value.value &&
         (value.value->ends_with("_local") || value.value->ends_with("_dev"));
}

}  // namespace

// `args: {CONTEXT: development}`: what its Dockerfile makes of it, as the file has it.
bool is_an_argument_of_development(const Member& argument) {
  static constexpr std::array<std::string_view, 5> kEnds = {"CONTEXT", "ENV", "ENVIRONMENT", "MODE",
                                                            "STAGE"};
  const bool names = std::any_of(kEnds.begin(), kEnds.end(),
                                 [&](std::string_view end) { return argument.key.ends_with(end); });
  return names && argument.value.is_string() && argument.value.known &&
         (argument.value.text == "dev" || argument.value.text == "development") &&
         argument.value.span.text().find('$') == std::string_view::npos;
}

bool is_built_to_develop(const Service& service) {
  const std::string target = text_at(service, "build.target");
  if (target == "dev" || target == "development") return true;
  const Value* arguments = service.attribute("build.args");
  return arguments != nullptr &&
         std::any_of(arguments->members.begin(), arguments->members.end(),
                     [](const Member& each) { return is_an_argument_of_development(each); });
}

// `geth --dev`, `anvil`: a chain that is made anew, for whoever tries what speaks to one.
bool is_a_chain_to_try(const Service& service) {
  static constexpr std::array<std::string_view, 4> kImages = {"anvil", "dev-node", "ganache",
                                                              "hardhat"};
  const std::string image = service.image ? image_name(service.image->value).name : std::string();
  const std::string_view last = std::string_view(image).substr(image.rfind('/') + 1);
  if (std::any_of(kImages.begin(), kImages.end(),
                  [&](std::string_view each) { return last.find(each) != last.npos; })) {
    return true;
  }
  bool node = last.find("geth") != last.npos;
  for (const auto* words : {&service.entrypoint, &service.command}) {
    if (!*words) continue;
    for (const std::string& word : (*words)->value) {
      node |= word == "geth";
      if (node && word == "--dev") return true;
    }
  }
  return false;
}

bool is_of_a_persons_machine(const Service& service) {
  return std::any_of(service.environment.begin(), service.environment.end(), [](const auto& each) {
    const Provenance& from = each.second.from;
    const bool written = from.span && !from.steps && each.second.value;
    return written && is_in_a_persons_folder(*each.second.value);
  });
}

bool is_made_to_develop(const Service& service) {
  if (is_built_to_develop(service) || is_of_a_persons_machine(service)) return true;
  if (text_at(service, "build.context").find("vendor/laravel/sail/") != std::string::npos) {
    return true;
  }
  if (is_a_chain_to_try(service)) return true;
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
  // What is built here and has the keys of whoever builds it, or shows Vite's own port.
  const bool of_mine = std::any_of(service.mounts.begin(), service.mounts.end(),
                                   [](const Mount& mount) {
                                     return mount.source.ends_with("/.ssh") ||
                                            mount.target.find("/.ssh/") != std::string::npos;
                                   }) ||
                       std::any_of(ports.begin(), ports.end(), [](const PublishedPort& port) {
                         return port.known && port.target == 5173;
                       });
  if (service.build && !service.mounts.empty() && of_mine) return true;
  return std::any_of(service.environment.begin(), service.environment.end(), [](const auto& each) {
    return each.first == "XDEBUG_MODE" || each.first == "XDEBUG_CONFIG" ||
           is_a_local_database(each);
  });
}

bool is_of_developers_profiles(const Service& service) {
  return !service.profiles.empty() &&
         std::all_of(service.profiles.begin(), service.profiles.end(), [](const auto& profile) {
           return has_name_word(profile.value, {"debug", "dev", "develop", "development", "local"});
         });
}

bool is_made_for_tests(const Service& service) {
  return service.name == "sut" || text_at(service, "container_name") == "sut" ||
         (service.image && service.image->known && service.image->value.ends_with(":test"));
}

}  // namespace composelint

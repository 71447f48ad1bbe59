#include "analyzer/signs/stacks/operated_stack.h"

#include <composelint/path_name.h>
#include <composelint/quoted.h>
#include <composelint/service_role.h>
#include <composelint/value.h>

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>

#include "analyzer/signs/data/database_port.h"
#include "analyzer/signs/images/image_name.h"
#include "analyzer/signs/reports/attributes.h"
#include "analyzer/signs/stacks/backing_stack.h"
#include "analyzer/signs/stacks/made_to_develop.h"
#include "analyzer/signs/stacks/published_port.h"
#include "analyzer/signs/steps/reached_by_name.h"
#include "analyzer/signs/steps/worked_on.h"
#include "analyzer/signs/words/development_words.h"

namespace composelint {

namespace {

// `restart: always`, `deploy: {restart_policy: …}`: it is there again after a reboot. Empty: it is
// not, or a few times after a failure and no more.
std::string comes_back_by(const Service& service) {
  if (service.restart &&
      (service.restart->value == "always" || service.restart->value == "unless-stopped")) {
    return "restart: " + service.restart->value;
  }
  const std::string when = text_at(service, "deploy.restart_policy.condition");
  const bool tries =
      when == "on-failure" && service.attribute("deploy.restart_policy.max_attempts") != nullptr;
  const bool told =
      service.attribute("deploy.restart_policy") != nullptr && when != "none" && !tries;
  return told ? "a restart policy" : "";
}

// `./www:/var/www/html` over what is built here and does not come back: a developer tries TLS.
bool serves_mounted_code(const Service& service) {
  static constexpr std::array<std::string_view, 4> kOfCode = {"/app", "/code", "/usr/src",
                                                              "/var/www"};
  return service.build && comes_back_by(service).empty() &&
         std::any_of(service.mounts.begin(), service.mounts.end(), [](const Mount& mount) {
           return mount.type == "bind" && !mount.read_only &&
                  std::any_of(kOfCode.begin(), kOfCode.end(), [&](std::string_view place) {
                    return mount.target.starts_with(place);
                  });
         });
}

}  // namespace

std::string reached_by(const Service& service) {
  if (is_routed_on_this_machine(service)) return "";
  static constexpr std::array<std::string_view, 8> kImages = {
      "acme-companion", "acme.sh", "caddy",       "certbot",
      "cloudflared",    "swag",    "letsencrypt", "letsencrypt-nginx-proxy-companion"};
  if (service.image) {
    const std::string name = image_name(service.image->value).name;
    const std::string_view last = file_name(name);
    if (std::find(kImages.begin(), kImages.end(), last) != kImages.end()) {
      return "image " + std::string(last);
    }
  }
  for (const auto& [name, value] : service.environment) {
    const bool host = name == "VIRTUAL_HOST" || name == "LETSENCRYPT_HOST";
    if (host && value.value && !is_of_this_machine(*value.value)) return name + "=" + *value.value;
  }
  if (const Value* labels = service.attribute("labels")) {
    for (const Member& label : labels->members) {
      if (label.key.starts_with("traefik.")) return "labels of Traefik";
    }
  }
  for (const Mount& mount : service.mounts) {
    for (const std::string_view word : {"letsencrypt", "certbot", "acme.json"}) {
      if (mount.source.find(word) != mount.source.npos) return "a mount of " + std::string(word);
    }
  }
  for (const PublishedPort& port : published_ports(service)) {
    if (!port.known || port.first != 443 || !port.on_all_addresses()) continue;
    if (!serves_mounted_code(service) && !is_called_local(service)) return "port 443 published";
  }
  return "";
}

namespace {

// SPRING_PROFILES_ACTIVE=local, `define("WP_DEBUG", true)`.
bool is_set_for_this_machine(const Service& service) {
  return std::any_of(service.environment.begin(), service.environment.end(), [](const auto& each) {
    const auto& [name, value] = each;
    return name == "SPRING_PROFILES_ACTIVE" && value.value && names_development(*value.value);
  });
}

// NODE_ENV=production. A console's says how its makers ran it.
std::string produces_by(const Service& service) {
  if (is_a_console(service)) return "";
  for (const auto& [name, value] : service.environment) {
    const bool tells =
        name.ends_with("_ENV") || name.ends_with("ENVIRONMENT") || name == "SPRING_PROFILES_ACTIVE";
    if (tells && value.value && value.value->starts_with("prod")) return name + "=" + *value.value;
  }
  return "";
}

// The port of the web itself, and behind it data that are kept or a domain. Alone it is that of
// whoever tries a web server; where sources are mounted or the database has a password that anybody
// guesses it is that of a developer's browser.
bool serves_the_web(const Project& project) {
  bool serves = false;
  bool stays = false;
  for (const Service& service : project.services) {
    if (has_mounted_a_part(service) || has_mounted(service, project.directory)) return false;
    if (serves_mounted_code(service)) return false;
    const bool keeps = std::any_of(service.mounts.begin(), service.mounts.end(),
                                   [](const Mount& mount) { return !mount.source.empty(); });
    if (is_database_image(service) && has_a_known_password(service)) return false;
    stays |= has_a_domain(service) || (is_database_image(service) && keeps);
    for (const PublishedPort& port : published_ports(service)) {
      serves |= port.known && port.first == 80 && port.on_all_addresses();
    }
  }
  return serves && stays;
}

// The application runs from mounted sources and does not come back: that its database does says
// nothing. Nor does that of a page or an exporter beside what does not come back itself.
bool comes_back_without_it(const Service& service, const Project& project) {
  if (looks_on(service)) {
    return std::any_of(project.services.begin(), project.services.end(),
                       [](const Service& each) { return !looks_on(each); });
  }
  return is_database_image(service) &&
         std::any_of(project.services.begin(), project.services.end(), [&](const Service& each) {
           return each.build && comes_back_by(each).empty() &&
                  (runs_from_sources(each) || has_mounted_a_part(each) ||
                   has_mounted(each, project.directory) || is_watched(each));
         });
}

using Sign = std::string (*)(const Service&);

ShownOperated shown_by(std::span<const Sign> signs, const Project& project) {
  // That it comes back says little where those who use it sit at this machine.
  const bool here =
      waits_for_an_application(project) || plays_a_cluster(project) ||
      std::any_of(project.services.begin(), project.services.end(), [](const Service& each) {
        return is_reached_on_this_machine(each, false) || is_advertised_here(each) ||
               is_routed_on_this_machine(each) || is_set_for_this_machine(each) ||
               shows_its_errors(each);
      });
  for (const Sign sign : signs) {
    if (here && sign == comes_back_by) continue;
    for (const Service& service : project.services) {
      const std::string why = sign(service);
      if (sign == comes_back_by && comes_back_without_it(service, project)) continue;
      if (why.empty()) continue;
      const bool restarts = sign == comes_back_by && why.starts_with("restart: ");
      return {quoted(service.name) + " has " + why, restarts};
    }
  }
  return {serves_the_web(project) ? "port 80 is published" : ""};
}

}  // namespace

ShownOperated shown_to_be_operated(const Project& project) {
  static constexpr std::array<Sign, 3> kSigns = {comes_back_by, produces_by, reached_by};
  return shown_by(kSigns, project);
}

ShownOperated shown_by_more_than_restarts(const Project& project) {
  const bool built =
      std::any_of(project.services.begin(), project.services.end(), [](const Service& each) {
        return each.build && !is_a_backing_service(each) && !looks_on(each);
      });
  const bool produces =
      std::any_of(project.services.begin(), project.services.end(), is_set_to_produce);
  // `web: {image: ghcr.io/me/web, restart: always}` beside it is a release that is left to run.
  const bool released =
      std::any_of(project.services.begin(), project.services.end(), [](const Service& each) {
        return !each.build && each.image && each.image->value.find('/') != std::string::npos &&
               role_of(each) == ServiceRole::kApplication && !looks_on(each) &&
               !is_a_backing_service(each) && !comes_back_by(each).empty();
      });
  if (!built || produces || released) return shown_to_be_operated(project);
  static constexpr std::array<Sign, 2> kSigns = {produces_by, reached_by};
  return shown_by(kSigns, project);
}

}  // namespace composelint

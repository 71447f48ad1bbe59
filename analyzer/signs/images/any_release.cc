#include "analyzer/signs/images/any_release.h"

#include <composelint/lower_case.h>
#include <composelint/path_name.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "analyzer/signs/data/image_data.h"
#include "analyzer/signs/images/image_name.h"
#include "analyzer/signs/stacks/backing_stack.h"
#include "analyzer/signs/words/development_words.h"

namespace composelint {

namespace {

bool is_a_cache(std::string_view image) {
  static constexpr std::array<std::string_view, 4> kCaches = {"dragonfly", "keydb", "redis",
                                                              "valkey"};
  return std::find(kCaches.begin(), kCaches.end(), image) != kCaches.end();
}

// Without a volume of its own for them, what it writes down is gone with its container.
bool writes_down(const Service& service) {
  if (keeps_files(service)) return true;
  if (!service.command) return false;
  const auto& words = service.command->value;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::size_t at = words[i].find("appendonly");
    if (at == std::string::npos) continue;
    // `--appendonly no` says the contrary.
    const bool off =
        words[i].find("appendonly no", at) == at ||
        (words[i].ends_with("appendonly") && i + 1 < words.size() && words[i + 1] == "no");
    if (!off) return true;
  }
  return false;
}

}  // namespace

bool is_a_stateless_helper(const Service& service) {
  static constexpr std::array<std::string_view, 13> kHelpers = {
      "autoheal", "cadvisor",  "cloudflared", "docker-socket-proxy", "httpd",
      "mc",       "memcached", "nginx",       "nginx-unprivileged",  "ngrok",
      "ofelia",   "tailscale", "visualizer"};
  if (service.build || !service.image || !service.image->known) return false;
  const std::string name = image_name(service.image->value).name;
  const std::string_view last = file_name(name);
  // A container that only holds volumes for others.
  const bool does_nothing = service.command && service.command->value.size() == 1 &&
                            file_name(service.command->value.front()) == "true";
  if (does_nothing) return true;
  // `you/nginx` may have an application in it.
  const bool of_others = last != "nginx" || last == name || name.starts_with("bitnami/");
  if (is_a_cache(last)) return !writes_down(service);
  // It keeps certificates, where it has a place for them.
  if (name == "caddy") return !keeps_files(service);
  // What copies the data of others away keeps them in files that any release writes; a server to
  // which others send theirs has a store of its own.
  if (has_name_word(last, {"backup", "backups"}) && !has_name_word(last, {"server"})) return true;
  // It hands mail on.
  if (has_name_word(last, {"smtp"})) return !keeps_files(service);
  return looks_on(service) ||
         (of_others && std::find(kHelpers.begin(), kHelpers.end(), last) != kHelpers.end());
}

namespace {

// They bring their data along at the start; the code of WordPress lies in its volume and updates
// itself there. That of `you/wordpress` lies in the image.
bool migrates_itself(std::string_view image) {
  static constexpr std::array<std::string_view, 3> kImages = {"forgejo", "gitea", "wordpress"};
  const std::string_view last = file_name(image);
  // It fetches the server's newest release at each start, whatever its own is.
  if (image == "itzg/minecraft-server") return true;
  const bool own_code = last == "wordpress" && last != image && image != "bitnami/wordpress" &&
                        image != "library/wordpress";
  return !own_code && std::find(kImages.begin(), kImages.end(), last) != kImages.end();
}

// `VERSION: "1.21.4"` of a game's server: the image fetches that one.
bool fetches_a_release(const Service& service) {
  return std::any_of(service.environment.begin(), service.environment.end(), [](const auto& each) {
    const auto& [name, value] = each;
    return name == "VERSION" && value.value && !value.value->empty() &&
           value.value->front() >= '0' && value.value->front() <= '9';
  });
}

}  // namespace

bool brings_itself_along(const Service& service) {
  if (service.image && service.image->known && !service.build) {
    const std::string name = image_name(service.image->value).name;
    if (migrates_itself(name)) return true;
    // Of a registry of its own, it may be there to be shown.
    const bool own = name.substr(0, name.find('/')).find_first_of(".:") != std::string::npos;
    if (!own && image_data(name) == nullptr && fetches_a_release(service)) return true;
  }
  return std::any_of(service.environment.begin(), service.environment.end(), [](const auto& each) {
    const auto& [name, value] = each;
    // `PLUGIN_UPDATE_ON_START` is about something else.
    static constexpr std::array<std::string_view, 5> kNames = {
        "ALWAYS_UPDATE_ON_START", "AUTO_UPDATE", "MARIADB_AUTO_UPGRADE", "UPDATE_ON_BOOT",
        "UPDATE_ON_START"};
    const bool asks = std::find(kNames.begin(), kNames.end(), name) != kNames.end();
    const std::string said = asks && value.value ? lower_case(*value.value) : std::string();
    return said == "1" || said == "on" || said == "true" || said == "yes";
  });
}

bool keeps_files(const Service& service) {
  return std::any_of(service.mounts.begin(), service.mounts.end(), [](const Mount& mount) {
    if (mount.read_only || mount.type == "tmpfs" || mount.source.empty()) return false;
    if (mount.type == "volume") return true;
    // A file is one of settings or a socket; so are folders in /etc.
    return mount.type == "bind" && file_name(mount.target).find('.') == std::string_view::npos &&
           !mount.target.starts_with("/etc/");
  });
}

}  // namespace composelint

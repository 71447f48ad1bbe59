#include "analyzer/signs/stacks/socket_task.h"

#include <composelint/path_name.h>
#include <composelint/value.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/images/image_name.h"
#include "analyzer/signs/reports/attributes.h"
#include "analyzer/signs/reports/written_out.h"
#include "analyzer/signs/stacks/control_socket.h"
#include "analyzer/signs/words/development_words.h"

namespace composelint {

namespace {

// `prefect worker start --pool docker-pool` starts a container for each of its jobs.
bool is_worker_of_jobs(const Service& service) {
  const std::vector<CommandWord> words = command_words(service, "command");
  return words.size() > 1 && file_name(words[0].text) == "prefect" && words[1].text == "worker";
}

// `~/.docker/config.json:/root/.docker/config.json`: with somebody's logins it pulls and starts.
bool logs_in_to_registries(const Service& service) {
  return std::any_of(service.mounts.begin(), service.mounts.end(), [](const Mount& mount) {
    return mount.source.ends_with("/.docker/config.json") ||
           mount.target.ends_with("/.docker/config.json");
  });
}

// `unix:///var/run/docker.sock`: it has been told where to ask.
bool is_path_of_a_socket(std::string_view value) {
  if (value.starts_with("unix://")) value.remove_prefix(7);
  return value.starts_with('/') && value.find(".sock") != value.npos &&
         !engine_behind(value).empty();
}

// `EXECUTOR_PIDS_LIMIT`, `SANDBOX_MEMORY_LIMIT`: bounds of the containers that it starts.
bool bounds_what_it_starts(std::string_view name) {
  return has_name_word(name, {"executor", "runner", "sandbox"}) &&
         has_name_word(name, {"cpu", "memory", "pids"}) && has_name_word(name, {"limit", "quota"});
}

// `SYNC_GIT_URL` with `SYNC_POLL_INTERVAL` or `SYNC_GIT_KEY`: what it starts is what a repository
// has.
bool follows_a_repository(const Service& service) {
  bool source = false;
  bool way = false;
  for (const auto& [name, value] : service.environment) {
    if (value.from.span.file != service.span.file) continue;
    const bool git = has_name_word(name, {"git", "repo", "repository"});
    source |= git && has_name_word(name, {"url", "uri", "remote"});
    way |= has_name_word(name, {"poll", "polling", "interval"}) ||
           (git && has_name_word(name, {"key", "token", "branch", "ref"}));
  }
  return source && way;
}

// Images whose own user is not root, and into no group of the socket's is it put.
bool runs_as_a_user(std::string_view image) {
  return image.ends_with("goauthentik/server");
}

}  // namespace

Purpose purpose_of(const Service& service) {
  if (is_worker_of_jobs(service) || logs_in_to_registries(service)) return Purpose::kSteers;
  if (follows_a_repository(service) && !is_reached_from_outside(service)) return Purpose::kSteers;
  const Purpose by_name = purpose_of(service.name);
  if (!service.image) return by_name;
  const Purpose by_image = purpose_of(service.image->value);
  if (by_image != Purpose::kOther && by_image != Purpose::kMaySteer) return by_image;
  if (by_name == Purpose::kSteers) return by_name;
  return by_image == Purpose::kOther && by_name == Purpose::kMaySteer ? by_name : by_image;
}

bool cannot_open_it(const Service& service) {
  if (service.attribute("group_add") != nullptr) return false;
  const std::string user = text_at(service, "user");
  if (user.empty() && service.image && runs_as_a_user(image_name(service.image->value).name)) {
    return true;
  }
  const std::string name = user.substr(0, user.find(':'));
  if (name.empty() || name == "0" || name == "root" || name.find('$') != name.npos) return false;
  // `1000:999` may have been given the socket's group.
  return name == user || user == name + ":" + name;
}

bool is_told_what_to_start(const Service& service) {
  return std::any_of(service.environment.begin(), service.environment.end(), [&](const auto& each) {
    const auto& [name, value] = each;
    if (bounds_what_it_starts(name)) return true;
    const bool of_docker = has_name_word(name, {"docker"}) || value.value == "docker";
    return of_docker &&
           has_name_word(name, {"backend", "executor", "image", "images", "network", "orchestrator",
                                "runner", "sandbox", "sandboxes", "sibling", "spawner"});
  });
}

bool is_told_of_the_socket(const Service& service) {
  return std::any_of(service.environment.begin(), service.environment.end(), [&](const auto& each) {
    const auto& [name, value] = each;
    // An `env_file` is read by others as well, and `DOCKER_HOST` is every client's.
    const bool own = value.from.span.file == service.span.file && name != "DOCKER_HOST";
    return own && value.value && is_path_of_a_socket(*value.value);
  });
}

bool is_reached_from_outside(const Service& service) {
  const std::string network = text_at(service, "network_mode");
  if (service.publishes_ports || network == "host" || network.starts_with("service:")) return true;
  const bool named =
      std::any_of(service.environment.begin(), service.environment.end(), [](const auto& each) {
        return each.first == "VIRTUAL_HOST" || each.first == "VIRTUAL_PORT";
      });
  const Value* labels = service.attribute("labels");
  return named ||
         (labels != nullptr &&
          std::any_of(labels->members.begin(), labels->members.end(), [](const Member& label) {
            return label.key.starts_with("traefik.") || label.key.starts_with("caddy");
          }));
}

bool stands_for_the_engine(const Service& service, const Project& project) {
  const std::string address = "tcp://" + service.name + ":";
  const auto names = [&](std::string_view text) { return text.find(address) != text.npos; };
  return std::any_of(project.services.begin(), project.services.end(), [&](const Service& other) {
    if (&other == &service) return false;
    const bool words = other.command &&
                       std::any_of(other.command->value.begin(), other.command->value.end(), names);
    return words ||
           std::any_of(other.environment.begin(), other.environment.end(), [&](const auto& each) {
             return each.second.value && names(*each.second.value);
           });
  });
}

}  // namespace composelint

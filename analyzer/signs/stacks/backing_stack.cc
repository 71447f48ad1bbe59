#include "analyzer/signs/stacks/backing_stack.h"

#include <composelint/provenance.h>
#include <composelint/value.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/data/database_port.h"
#include "analyzer/signs/images/image_name.h"
#include "analyzer/signs/secrets/guessable.h"
#include "analyzer/signs/stacks/made_to_develop.h"

namespace composelint {

namespace {

template <std::size_t N>
[[nodiscard]] bool runs_one_of(const Service& service,
                               const std::array<std::string_view, N>& images) {
  if (service.build || !service.image) return false;
  const std::string name = composelint::image_name(service.image->value).name;
  return std::any_of(images.begin(), images.end(),
                     [&](std::string_view each) { return name.find(each) != std::string::npos; });
}

}  // namespace

bool is_a_console(const Service& service) {
  static constexpr std::array<std::string_view, 15> kConsoles = {
      "adminer",       "cloudbeaver",   "dbgate",       "kafdrop",       "kafka-ui",
      "konga",         "mongo-express", "pgadmin",      "phpmyadmin",    "phppgadmin",
      "phpredisadmin", "pgweb",         "redisinsight", "redis-insight", "redis-commander"};
  return catches_mail(service) || runs_one_of(service, kConsoles);
}

bool looks_on(const Service& service) {
  static constexpr std::array<std::string_view, 2> kExporters = {"-exporter", "_exporter"};
  return is_a_console(service) || runs_one_of(service, kExporters);
}

bool is_a_backing_service(const Service& service) {
  static constexpr std::array<std::string_view, 9> kBrokers = {
      "activemq", "artemis", "kafka",    "localstack", "minio",
      "nats",     "pulsar",  "rabbitmq", "zookeeper"};
  if (service.build || !service.image) return false;
  return is_database_image(service) || is_a_console(service) || runs_one_of(service, kBrokers);
}

bool is_advertised_here(const Service& service) {
  return std::any_of(service.environment.begin(), service.environment.end(), [](const auto& each) {
    return each.first.find("ADVERTISED") != std::string::npos && each.second.value &&
           (each.second.value->find("127.0.0.1") != std::string::npos ||
            each.second.value->find("localhost") != std::string::npos);
  });
}

namespace {

bool holds_a_password(std::string_view variable) {
  return variable.find("PASSWORD") != std::string_view::npos || variable.ends_with("_PASS");
}

}  // namespace

bool has_a_known_password(const Service& service) {
  return std::any_of(service.environment.begin(), service.environment.end(), [](const auto& each) {
    const Provenance& from = each.second.from;
    const bool written = each.second.known && from.span && !from.steps;
    return holds_a_password(each.first) && written && each.second.value &&
           !each.second.value->empty() && is_guessable(*each.second.value);
  });
}

namespace {

// Some password is none of those that the file gives away.
bool has_a_kept_password(const Service& service) {
  if (!service.env_files.empty() || service.attribute("secrets") != nullptr) return true;
  return std::any_of(service.environment.begin(), service.environment.end(), [&](const auto& each) {
    if (!holds_a_password(each.first)) return false;
    const Provenance& from = each.second.from;
    const bool elsewhere = !each.second.known || !each.second.value || from.steps != nullptr;
    return elsewhere || !is_guessable(*each.second.value);
  });
}

// `/srv/mongodb:/data/db`: the data of whoever runs the file lie beside it, those of a server have
// a place on it.
bool has_a_place_on_the_host(const Service& service) {
  static constexpr std::array<std::string_view, 6> kPlaces = {"/data/", "/mnt/", "/opt/",
                                                              "/srv/",  "/usr/", "/var/lib/"};
  return std::any_of(service.mounts.begin(), service.mounts.end(), [](const Mount& mount) {
    std::string_view text = mount.span.text();
    if (text.starts_with('"') || text.starts_with('\'')) text.remove_prefix(1);
    return mount.type == "bind" && !mount.read_only &&
           std::any_of(kPlaces.begin(), kPlaces.end(),
                       [&](std::string_view place) { return text.starts_with(place); });
  });
}

}  // namespace

bool waits_for_an_application(const Project& project) {
  const bool shared =
      project.networks_model != nullptr &&
      std::any_of(project.networks_model->members.begin(), project.networks_model->members.end(),
                  [](const Member& each) { return each.value.find("external") != nullptr; });
  bool known = false;
  // One that does not come back is missed by nobody: what shares the network is started by hand.
  bool goes = false;
  for (const Service& service : project.services) {
    if (!is_a_backing_service(service) || has_a_kept_password(service)) return false;
    if (has_a_place_on_the_host(service)) return false;
    known |= has_a_known_password(service);
    goes |= is_database_image(service) && !service.restart &&
            service.attribute("deploy.restart_policy") == nullptr;
  }
  return known && (goes || !shared);
}

bool plays_a_cluster(const Project& project) {
  constexpr std::ptrdiff_t kMembers = 3;
  return std::count_if(project.services.begin(), project.services.end(),
                       [](const Service& service) {
                         for (const auto* list : {&service.entrypoint, &service.command}) {
                           if (!*list) continue;
                           const std::vector<std::string>& words = (*list)->value;
                           if (std::find(words.begin(), words.end(), "--replSet") != words.end())
                             return true;
                         }
                         return false;
                       }) >= kMembers;
}

}  // namespace composelint

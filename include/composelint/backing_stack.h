// What an application talks to, and the pages on which people look at that.
#pragma once

#include <composelint/attributes.h>
#include <composelint/database_port.h>
#include <composelint/guessable.h>
#include <composelint/image_name.h>
#include <composelint/image_origin.h>
#include <composelint/made_to_develop.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace composelint::detail {

template <std::size_t N>
[[nodiscard]] bool runs_one_of(const Service& service,
                               const std::array<std::string_view, N>& images) {
  if (service.build || !service.image) return false;
  const std::string name = composelint::image_name(service.image->value).name;
  return std::any_of(images.begin(), images.end(),
                     [&](std::string_view each) { return name.find(each) != std::string::npos; });
}

// Pages for whoever looks into a database or a broker.
[[nodiscard]] inline bool is_a_console(const Service& service) {
  static constexpr std::array<std::string_view, 14> kConsoles = {
      "adminer",       "cloudbeaver",  "dbgate",        "kafdrop",        "kafka-ui",
      "mongo-express", "pgadmin",      "phpmyadmin",    "phppgadmin",     "phpredisadmin",
      "pgweb",         "redisinsight", "redis-insight", "redis-commander"};
  return catches_mail(service) || runs_one_of(service, kConsoles);
}

// What shows something of others to people or monitors, and is of no use without them.
[[nodiscard]] inline bool looks_on(const Service& service) {
  static constexpr std::array<std::string_view, 2> kExporters = {"-exporter", "_exporter"};
  return is_a_console(service) || runs_one_of(service, kExporters);
}

[[nodiscard]] inline bool is_a_backing_service(const Service& service) {
  static constexpr std::array<std::string_view, 9> kBrokers = {
      "activemq", "artemis", "kafka",    "localstack", "minio",
      "nats",     "pulsar",  "rabbitmq", "zookeeper"};
  if (service.build || !service.image) return false;
  return is_database_image(service) || is_a_console(service) || runs_one_of(service, kBrokers);
}

// KAFKA_ADVERTISED_LISTENERS=…://localhost:9092: no other machine gets an answer.
[[nodiscard]] inline bool is_advertised_here(const Service& service) {
  return std::any_of(service.environment.begin(), service.environment.end(), [](const auto& each) {
    return each.first.find("ADVERTISED") != std::string::npos && each.second.value &&
           (each.second.value->find("127.0.0.1") != std::string::npos ||
            each.second.value->find("localhost") != std::string::npos);
  });
}

[[nodiscard]] inline bool holds_a_password(std::string_view variable) {
  return variable.find("PASSWORD") != std::string_view::npos || variable.ends_with("_PASS");
}

// `MYSQL_ROOT_PASSWORD: root`, as the file has it.
[[nodiscard]] inline bool has_a_known_password(const Service& service) {
  return std::any_of(service.environment.begin(), service.environment.end(), [](const auto& each) {
    const Provenance& from = each.second.from;
    const bool written = each.second.known && from.span && !from.steps;
    return holds_a_password(each.first) && written && each.second.value &&
           !each.second.value->empty() && is_guessable(*each.second.value);
  });
}

// Some password is none of those that the file gives away.
[[nodiscard]] inline bool has_a_kept_password(const Service& service) {
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
[[nodiscard]] inline bool has_a_place_on_the_host(const Service& service) {
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

// Databases and brokers that no application of the file uses, under a password that it gives away:
// an application that somebody runs beside them does. What other stacks share has a network of
// those.
[[nodiscard]] inline bool waits_for_an_application(const Project& project) {
  const bool shared =
      project.networks_model != nullptr &&
      std::any_of(project.networks_model->members.begin(), project.networks_model->members.end(),
                  [](const Member& each) { return each.value.find("external") != nullptr; });
  bool known = false;
  for (const Service& service : project.services) {
    if (!is_a_backing_service(service) || has_a_kept_password(service)) return false;
    if (has_a_place_on_the_host(service)) return false;
    known |= has_a_known_password(service);
  }
  return known && !shared;
}

// All members of one replica set: whoever runs them on one machine tries how it works.
[[nodiscard]] inline bool plays_a_cluster(const Project& project) {
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

}  // namespace composelint::detail

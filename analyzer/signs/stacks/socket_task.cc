#include "analyzer/signs/stacks/socket_task.h"

#include <composelint/value.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "analyzer/signs/reports/attributes.h"
#include "analyzer/signs/words/development_words.h"

namespace composelint {

bool is_told_what_to_start(const Service& service) {
  return std::any_of(service.environment.begin(), service.environment.end(), [](const auto& each) {
    const auto& [name, value] = each;
    const bool of_docker = has_name_word(name, {"docker"}) || value.value == "docker";
    return of_docker &&
           has_name_word(name, {"backend", "executor", "image", "images", "network", "orchestrator",
                                "runner", "sandbox", "sandboxes", "sibling", "spawner"});
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

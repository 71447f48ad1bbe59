#include "analyzer/signs/stacks/internal_network.h"

#include <composelint/value.h>

#include <algorithm>
#include <string_view>

#include "analyzer/signs/reports/attributes.h"

namespace composelint {

bool is_in_internal_networks_alone(const Service& service, const Project& project) {
  if (project.networks_model == nullptr || !text_at(service, "network_mode").empty()) return false;
  const auto is_internal = [&](std::string_view key) {
    const Value* network = project.networks_model->find(key);
    if (network == nullptr || network->text_of("driver") == "overlay") return false;
    const Value* internal = network->find("internal");
    // `${INTERNAL:-true}` is for each machine to say.
    return is_true(internal) && internal->span &&
           internal->span.text().find('$') == std::string_view::npos;
  };
  const Value* networks = service.attribute("networks");
  if (networks == nullptr || networks->members.empty()) return is_internal("default");
  return std::all_of(networks->members.begin(), networks->members.end(),
                     [&](const Member& member) { return is_internal(member.key); });
}

}  // namespace composelint

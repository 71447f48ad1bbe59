#include "analyzer/signs/stacks/closed_state.h"

#include <composelint/service_role.h>

#include <cstddef>

namespace composelint {

bool is_closed_state_of(const Project& closed, const Project& open) {
  constexpr std::size_t kSeveral = 3;
  if (open.services.size() < kSeveral) return false;
  bool shut = false;
  for (const Service& service : open.services) {
    const Service* same = closed.service(service.name);
    if (same == nullptr || (same->publishes_ports && !service.publishes_ports)) return false;
    if (role_of(service) != ServiceRole::kDatabase) continue;
    if (same->publishes_ports) return false;
    shut |= service.publishes_ports;
  }
  return shut;
}

}  // namespace composelint

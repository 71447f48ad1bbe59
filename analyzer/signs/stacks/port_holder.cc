#include "analyzer/signs/stacks/port_holder.h"

#include <optional>

namespace composelint {

namespace {

bool collide(const PublishedPort& held, const PublishedPort& wanted) {
  if (!held.known || held.first == 0 || held.protocol != wanted.protocol) return false;
  // Of a range, or of several entries, the engine may pick another one.
  if (held.first != held.last || held.first != wanted.first) return false;
  return held.on_all_addresses() || wanted.on_all_addresses() || held.host_ip == wanted.host_ip;
}

}  // namespace

std::optional<PortHolder> holder_of_port(const PublishedPort& wanted, const Step& step,
                                         const ComposeInvocation& call, const Timeline& timeline,
                                         const Service* but_not) {
  for (const Service& service : call.target.project->services) {
    if (&service == but_not || service.replicas == 0) continue;
    for (const PublishedPort& held : published_ports(service)) {
      if (!collide(held, wanted)) continue;
      const LifeFact life = life_of(timeline, step, service, call);
      if (life.life == Life::kUp) return PortHolder{&service, held.span, life};
    }
  }
  return std::nullopt;
}

}  // namespace composelint

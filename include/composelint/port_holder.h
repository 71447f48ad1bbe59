// Who of a stack has a port of the host when a step is reached.
#pragma once

#include <composelint/lifecycle.h>
#include <composelint/published_port.h>

#include <optional>

namespace composelint {

namespace detail {
[[nodiscard]] inline bool collide(const PublishedPort& held, const PublishedPort& wanted) {
  if (!held.known || held.first == 0 || held.protocol != wanted.protocol) return false;
  // Of a range, or of several entries, the engine may pick another one.
  if (held.first != held.last || held.first != wanted.first) return false;
  return held.on_all_addresses() || wanted.on_all_addresses() || held.host_ip == wanted.host_ip;
}

}  // namespace detail

struct PortHolder {
  const Service* service = nullptr;
  Span port;
  LifeFact life;
};

// A service that the script has started and that has the port.
[[nodiscard]] inline std::optional<PortHolder> holder_of_port(const PublishedPort& wanted,
                                                              const Step& step,
                                                              const ComposeInvocation& call,
                                                              const Timeline& timeline,
                                                              const Service* but_not) {
  for (const Service& service : call.target.project->services) {
    if (&service == but_not || service.replicas == 0) continue;
    for (const PublishedPort& held : published_ports(service)) {
      if (!detail::collide(held, wanted)) continue;
      const LifeFact life = life_of(timeline, step, service, call);
      if (life.life == Life::kUp) return PortHolder{&service, held.span, life};
    }
  }
  return std::nullopt;
}

}  // namespace composelint

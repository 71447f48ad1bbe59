#include "analyzer/signs/stacks/control_socket.h"

#include <array>
#include <string_view>

namespace composelint {

std::string_view engine_behind(std::string_view path) {
  struct Socket {
    std::string_view end, engine;
  };
  static constexpr std::array<Socket, 7> kSockets = {{{"/docker.sock", "Docker"},
                                                      {"/docker.sock.raw", "Docker"},
                                                      {"/balena-engine.sock", "balenaEngine"},
                                                      {"/podman.sock", "Podman"},
                                                      {"/containerd.sock", "containerd"},
                                                      {"/crio.sock", "CRI-O"},
                                                      {"/dockershim.sock", "Docker"}}};
  for (const Socket& socket : kSockets) {
    if (path.ends_with(socket.end)) return socket.engine;
  }
  static constexpr std::array<Socket, 10> kParents = {{{"/", "Docker"},
                                                       {"/run", "Docker"},
                                                       {"/var", "Docker"},
                                                       {"/var/run", "Docker"},
                                                       {"/run/containerd", "containerd"},
                                                       {"/var/run/containerd", "containerd"},
                                                       {"/run/podman", "Podman"},
                                                       {"/var/run/podman", "Podman"},
                                                       {"/run/crio", "CRI-O"},
                                                       {"/var/run/crio", "CRI-O"}}};
  for (const Socket& parent : kParents) {
    if (path == parent.end) return parent.engine;
  }
  return {};
}

}  // namespace composelint

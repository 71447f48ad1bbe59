#include "guard/machine_lock.h"

#include <pwd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstring>

#include "guard/process_identity.h"
#include "guard/state_directory.h"

namespace composelint::guard {

namespace {

struct Address {
  sockaddr_un socket{};
  socklen_t size = 0;
};

// The first byte is 0: no file.
Address address_of(const std::string& engine, const std::string& project) {
  const std::string name = "composelint/" + ProjectLock::file_name(engine, project);
  Address out;
  out.socket.sun_family = AF_UNIX;
  const std::size_t length = std::min(name.size(), sizeof(out.socket.sun_path) - 1);
  std::memcpy(out.socket.sun_path + 1, name.data(), length);
  out.size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + length);
  return out;
}

int new_socket() {
  return ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
}

// NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): as the sockets interface has it
const sockaddr* generic(const Address& address) {
  return reinterpret_cast<const sockaddr*>(&address.socket);
}

std::string user_name(uid_t id) {
  passwd entry{};
  passwd* found = nullptr;
  std::array<char, 4096> buffer{};
  const bool known =
      ::getpwuid_r(id, &entry, buffer.data(), buffer.size(), &found) == 0 && found != nullptr;
  return known ? found->pw_name : "user " + std::to_string(id);
}

}  // namespace

MachineLock::~MachineLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<MachineLock::Taken> MachineLock::take(const std::string& engine,
                                             const std::string& project) {
  const Address address = address_of(engine, project);
  // Between a bind that failed and the look for who it is, that one may have ended.
  for (int tries = 0; tries < 3; ++tries) {
    const int descriptor = new_socket();
    if (descriptor < 0) return errno_failure("cannot make a socket", errno);
    if (::bind(descriptor, generic(address), address.size) == 0) {
      // Who connects learns from the kernel who listens.
      if (::listen(descriptor, SOMAXCONN) == 0) return Taken(MachineLock(descriptor));
      const int error = errno;
      ::close(descriptor);
      return errno_failure("cannot lock the project " + project, error);
    }
    const int error = errno;
    ::close(descriptor);
    if (error != EADDRINUSE) return errno_failure("cannot lock the project " + project, error);
    if (auto held = holder(engine, project)) return Taken(std::move(*held));
  }
  return Taken(LockHolder{});
}

std::optional<LockHolder> MachineLock::holder(const std::string& engine,
                                              const std::string& project) {
  const Address address = address_of(engine, project);
  const int descriptor = new_socket();
  if (descriptor < 0) return std::nullopt;
  std::optional<LockHolder> held;
  if (::connect(descriptor, generic(address), address.size) == 0) {
    held.emplace();
    ucred peer{};
    socklen_t size = sizeof(peer);
    if (::getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0) {
      held->pid = peer.pid;
      held->user = user_name(peer.uid);
      held->host = host_name();
    }
  } else if (errno == EAGAIN) {
    held.emplace();  // too many have asked before
  }
  ::close(descriptor);
  return held;
}

}  // namespace composelint::guard

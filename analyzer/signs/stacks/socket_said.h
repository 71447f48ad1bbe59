// What the comments of a file say of the socket that a service gets.
#pragma once

#include <composelint/compose.h>
#include <composelint/source.h>

namespace composelint {

// "Docker socket for container inspection".
[[nodiscard]] bool says_what_socket_is_for(Span span);

// "Root-equivalent on the host: that is why only this one gets it."
[[nodiscard]] bool is_socket_known_as_root(Span span);

// "Socket override, opt-in. It grants near-root access to the host": the file is there for it.
[[nodiscard]] bool is_headed_by_the_danger(Span span);

// The block above the service: "the socket is mounted for /restart".
[[nodiscard]] bool is_socket_told_above(const Service& service);

// A comment of the service, above its mount: "root, to be able to read docker.sock".
[[nodiscard]] bool is_socket_told_within(const Service& service, Span mount);

}  // namespace composelint

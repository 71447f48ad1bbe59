// What a service publishes on the host.
#pragma once

#include <composelint/compose.h>
#include <composelint/source.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace composelint {

// One entry of `ports`. Compose has a range written by one string as several entries.
struct PublishedPort {
  std::string host_ip;      // empty: every address of the host
  std::int64_t target = 0;  // in the container
  std::int64_t first = 0;   // on the host; 0: the engine picks one
  std::int64_t last = 0;
  std::string protocol = "tcp";
  Span span;          // of the entry
  bool known = true;  // false: part of it hangs on a variable nobody set

  [[nodiscard]] bool on_all_addresses() const {
    return host_ip.empty() || host_ip == "0.0.0.0" || host_ip == "::" || host_ip == "[::]";
  }
  [[nodiscard]] bool on_loopback() const {
    return host_ip.starts_with("127.") || host_ip == "::1" || host_ip == "[::1]" ||
           host_ip == "localhost";
  }
};

[[nodiscard]] std::int64_t port_number(std::string_view text);

[[nodiscard]] std::vector<PublishedPort> published_ports(const Service& service);

}  // namespace composelint

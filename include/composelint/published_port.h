// What a service publishes on the host.
#pragma once

#include <composelint/attributes.h>

#include <charconv>
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

[[nodiscard]] inline std::int64_t port_number(std::string_view text) {
  std::int64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  return read.ec == std::errc() && read.ptr == text.data() + text.size() ? number : 0;
}

[[nodiscard]] inline std::vector<PublishedPort> published_ports(const Service& service) {
  std::vector<PublishedPort> out;
  const Value* ports = service.attribute("ports");
  if (ports == nullptr) return out;
  for (const Value& entry : ports->items) {
    PublishedPort port;
    port.span = place_of(entry, service);
    port.known = entry.known;
    for (const Member& member : entry.members) port.known = port.known && member.value.known;
    port.host_ip = entry.text_of("host_ip");
    if (const Value* target = entry.find("target")) port.target = target->integer;
    if (const std::string_view protocol = entry.text_of("protocol"); !protocol.empty()) {
      port.protocol = protocol;
    }
    const Value* published = entry.find("published");
    const std::string text = published == nullptr ? std::string() : plain_text(*published);
    const std::size_t dash = text.find('-');
    port.first = port_number(std::string_view(text).substr(0, dash));
    port.last = dash == std::string::npos ? port.first
                                          : port_number(std::string_view(text).substr(dash + 1));
    out.push_back(std::move(port));
  }
  return out;
}

}  // namespace composelint

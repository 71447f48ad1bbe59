#include "analyzer/signs/stacks/published_port.h"

#include <composelint/value.h>

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/reports/attributes.h"

namespace composelint {

std::int64_t port_number(std::string_view text) {
  std::int64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  return read.ec == std::errc() && read.ptr == text.data() + text.size() ? number : 0;
}

std::vector<PublishedPort> published_ports(const Service& service) {
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

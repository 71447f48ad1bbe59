#include "analyzer/signs/stacks/templated_port.h"

#include <composelint/value.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace composelint {

namespace {

// The number that each line with the variable gives it; 0: there is none, or one gives it more.
std::int64_t number_nearby(const Project& project, std::string_view variable) {
  const auto& nearby = project.set_nearby;
  const std::string gives = std::string(variable) + "=";
  std::int64_t number = 0;
  for (auto at = std::lower_bound(nearby.begin(), nearby.end(), gives);
       at != nearby.end() && at->starts_with(gives); ++at) {
    number = port_number(std::string_view(*at).substr(gives.size()));
    if (number == 0) return 0;
  }
  return number;
}

// `${DB_PORT}:5432`, with nothing else in it.
void read_with_template(std::string_view text, const Project& project, PublishedPort& port) {
  constexpr std::string_view kOpens = "${";
  const std::size_t end = text.find("}:");
  if (!text.starts_with(kOpens) || end == text.npos) return;
  const std::int64_t target = port_number(text.substr(end + 2));
  const std::int64_t number =
      number_nearby(project, text.substr(kOpens.size(), end - kOpens.size()));
  if (target == 0 || number == 0) return;
  port.known = true;
  port.target = target;
  port.first = number;
  port.last = number;
}

}  // namespace

std::vector<PublishedPort> ports_with_template(const Service& service, const Project& project) {
  std::vector<PublishedPort> ports = published_ports(service);
  for (std::size_t i = 0; i < ports.size(); ++i) {
    const Value& entry = service.attribute("ports")->items[i];
    if (!ports[i].known && entry.is_string()) read_with_template(entry.text, project, ports[i]);
  }
  return ports;
}

}  // namespace composelint

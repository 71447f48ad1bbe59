#include <array>
#include <charconv>
#include <nlohmann/json.hpp>

#include "guard/json_text.h"
#include "guard/lines.h"
#include "guard/parse.h"
#include "guard/time_text.h"

namespace composelint::guard {

namespace {

using nlohmann::json;

bool names_podman(std::string_view text) {
  return text.find("podman") != std::string_view::npos ||
         text.find("Podman") != std::string_view::npos;
}

bool is_podman(const json& version) {
  for (const char* side : {"Client", "Server"}) {
    const json& one = member(version, side);
    if (names_podman(text_of(member(one, "Platform"), "Name"))) return true;
    const json& components = member(one, "Components");
    for (std::size_t i = 0; components.is_array() && i < components.size(); ++i) {
      if (names_podman(text_of(components[i], "Name"))) return true;
    }
  }
  // Podman's own client has no Platform at all, and calls the engine's interface APIVersion.
  const json& client = member(version, "Client");
  return client.is_object() && client.contains("APIVersion") && !client.contains("ApiVersion");
}

}  // namespace

void parse_version(std::string_view out, std::string_view err, EngineFacts& engine) {
  const json version = read_json(out);
  if (is_podman(version) || names_podman(err)) engine.podman = true;
  if (engine.context.empty()) engine.context = text_of(member(version, "Client"), "Context");
  engine.server_version = text_of(member(version, "Server"), "Version");
  engine.reachable = !engine.server_version.empty();
  if (!engine.reachable) engine.failure = last_words(err);
}

void parse_context(std::string_view out, EngineFacts& engine) {
  json context = read_json(out);
  if (context.is_array() && !context.empty()) context = json(context.front());
  if (const std::string name = text_of(context, "Name"); !name.empty()) engine.context = name;
  const std::string host = text_of(member(member(context, "Endpoints"), "docker"), "Host");
  if (!host.empty()) engine.endpoint = without_credentials(host);
}

std::string parse_compose_version(std::string_view out) {
  out = trimmed(out);
  // v1 and `version` without --short have words in front.
  const std::size_t digit = out.find_first_of("0123456789");
  if (digit == std::string_view::npos) return {};
  out.remove_prefix(digit);
  const std::string version(out.substr(0, out.find_first_not_of("0123456789.")));
  return version.find('.') == std::string::npos ? std::string() : version;
}

std::optional<bool> at_least(std::string_view version, int major, int minor) {
  std::array<int, 2> parts{};
  for (int& part : parts) {
    const auto [end, error] =
        std::from_chars(version.data(), version.data() + version.size(), part);
    if (error != std::errc()) return std::nullopt;
    version.remove_prefix(static_cast<std::size_t>(end - version.data()));
    if (version.starts_with('.')) version.remove_prefix(1);
  }
  return parts[0] != major ? parts[0] > major : parts[1] >= minor;
}

std::map<std::string, std::int64_t> parse_volumes(std::string_view out) {
  std::map<std::string, std::int64_t> volumes;
  while (!out.empty()) {
    const std::string_view line = take_line(out);
    const std::size_t blank = line.find(' ');
    if (blank == std::string_view::npos) continue;
    const std::int64_t made = time_of(line.substr(0, blank));
    if (made > 0) volumes.emplace(line.substr(blank + 1), made);
  }
  return volumes;
}

std::string without_credentials(std::string_view endpoint) {
  endpoint = endpoint.substr(0, endpoint.find_first_of("?#"));
  const std::size_t scheme = endpoint.find("://");
  if (scheme == std::string_view::npos) return std::string(endpoint);
  const std::size_t begin = scheme + 3;
  const std::string_view authority = endpoint.substr(begin, endpoint.find('/', begin) - begin);
  const std::size_t at = authority.rfind('@');
  if (at == std::string_view::npos) return std::string(endpoint);
  const std::string_view user = authority.substr(0, authority.find(':'));
  std::string out(endpoint.substr(0, begin));
  if (endpoint.starts_with("ssh:")) out.append(user.substr(0, user.find('@'))).append("@");
  return out.append(endpoint.substr(begin + at + 1));
}

}  // namespace composelint::guard

// Sockets of engines that run containers, and what the images that get one do with it.
#pragma once

#include <composelint/image_name.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <string>
#include <string_view>

namespace composelint::detail {

// Whose socket the path is, or is above; empty for none.
[[nodiscard]] inline std::string_view engine_behind(std::string_view path) {
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

enum class Purpose { kOther, kWatches, kSignals, kSteers, kFilters };

// `part` stands in the name between signs, or at an end of it: "traefik" of traefik:v3, "aio" of
// nextcloud-aio.
[[nodiscard]] inline bool has_part(std::string_view name, std::string_view part) {
  const auto is_sign = [&](std::size_t at) {
    return at >= name.size() || std::isalnum(static_cast<unsigned char>(name[at])) == 0;
  };
  for (std::size_t at = name.find(part); at != name.npos; at = name.find(part, at + 1)) {
    if ((at == 0 || is_sign(at - 1)) && is_sign(at + part.size())) return true;
  }
  return false;
}

// By the name of an image or a service: what asks the engine about containers, what steers them,
// what stands between.
[[nodiscard]] inline Purpose purpose_of(std::string_view name) {
  static constexpr std::array<std::string_view, 5> kFilters = {
      "docker-proxy", "dockerproxy", "sockguard", "socket-proxy", "socketproxy"};
  static constexpr std::array<std::string_view, 51> kWatches = {"alloy",
                                                                "apm-server",
                                                                "beszel-agent",
                                                                "caddy-docker-proxy",
                                                                "caddy-gen",
                                                                "cadvisor",
                                                                "crowdsec",
                                                                "ctop",
                                                                "dashdot",
                                                                "datadog",
                                                                "datadoghq",
                                                                "diun",
                                                                "docker-bench-security",
                                                                "dockercloud",
                                                                "dozzle",
                                                                "elastic-agent",
                                                                "exporter",
                                                                "filebeat",
                                                                "flame",
                                                                "fleet-server",
                                                                "fluent-bit",
                                                                "fluentd",
                                                                "glance",
                                                                "glances",
                                                                "grafana-agent",
                                                                "grype",
                                                                "homepage",
                                                                "loggifly",
                                                                "logspout",
                                                                "metricbeat",
                                                                "netdata",
                                                                "newrelic",
                                                                "nginx-proxy",
                                                                "node-exporter",
                                                                "opentelemetry-collector",
                                                                "opentelemetry-collector-contrib",
                                                                "otel-collector",
                                                                "otelcol",
                                                                "prometheus",
                                                                "promtail",
                                                                "scrutiny",
                                                                "syft",
                                                                "telegraf",
                                                                "traefik",
                                                                "trivy",
                                                                "uptime-kuma",
                                                                "vector",
                                                                "vmagent",
                                                                "wud",
                                                                "zabbix-agent",
                                                                "zabbix-agent2"};
  // They have others read their files anew.
  static constexpr std::array<std::string_view, 4> kSignals = {
      "acme-companion", "docker-gen", "letsencrypt-nginx-proxy-companion", "nginx-proxy-companion"};
  static constexpr std::array<std::string_view, 47> kSteers = {
      "aio",           "all-in-one", "arcane",        "autoheal",     "buildkite",
      "caprover",      "chadburn",   "coder",         "controller",   "coolify",
      "cosmos-server", "deunhealth", "dind",          "docker-gc",    "docker-prune",
      "dockerapi",     "dockge",     "dockhand",      "dockwatch",    "doco-cd",
      "dokploy",       "drone",      "executor",      "harbormaster", "jenkins",
      "komodo",        "lazydocker", "localstack",    "ofelia",       "onedev",
      "openhands",     "ouroboros",  "periphery",     "portainer",    "runner",
      "runtipi",       "ryuk",       "sablier",       "shepherd",     "swarm-cronjob",
      "swarmpit",      "tugtainer",  "volume-backup", "watchtower",   "wings",
      "woodpecker",    "yacht"};
  const auto named = [&](std::string_view part) { return has_part(name, part); };
  if (std::any_of(kFilters.begin(), kFilters.end(), named)) return Purpose::kFilters;
  if (std::any_of(kSignals.begin(), kSignals.end(), named)) return Purpose::kSignals;
  if (std::any_of(kWatches.begin(), kWatches.end(), named)) return Purpose::kWatches;
  if (std::any_of(kSteers.begin(), kSteers.end(), named)) return Purpose::kSteers;
  // The command line itself: somebody's own script steers with it.
  const std::string image = image_name(name).name;
  const bool own = image == "docker" || image == "library/docker";
  return own ? Purpose::kSteers : Purpose::kOther;
}

}  // namespace composelint::detail

#include "analyzer/signs/stacks/socket_user.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <string>
#include <string_view>

#include "analyzer/signs/images/image_name.h"

namespace composelint {

namespace {

// `part` stands in the name between signs, or at an end of it: "traefik" of traefik:v3, "aio" of
// nextcloud-aio.
bool has_part(std::string_view name, std::string_view part) {
  const auto is_sign = [&](std::size_t at) {
    return at >= name.size() || std::isalnum(static_cast<unsigned char>(name[at])) == 0;
  };
  for (std::size_t at = name.find(part); at != name.npos; at = name.find(part, at + 1)) {
    if ((at == 0 || is_sign(at - 1)) && is_sign(at + part.size())) return true;
  }
  return false;
}

}  // namespace

Purpose purpose_of(std::string_view name) {
  static constexpr std::array<std::string_view, 5> kFilters = {
      "docker-proxy", "dockerproxy", "sockguard", "socket-proxy", "socketproxy"};
  static constexpr std::array<std::string_view, 51> kWatches = {"alloy",
                                                                "apm-server",
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
                                                                "docker-notifier",
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
                                                                "otel-collector",
                                                                "otelcol",
                                                                "plugsy",
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
  // Agents that answer to the key of their hub alone are among them.
  static constexpr std::array<std::string_view, 54> kSteers = {
      "act-runner",    "act_runner",    "actions-runner", "arcane",        "autoheal",
      "beszel-agent",  "buildkite",     "caprover",       "chadburn",      "compose-backup",
      "coolify",       "cosmos-server", "deunhealth",     "dind",          "docker-backup",
      "docker-gc",     "docker-prune",  "dockerapi",      "dockge",        "dockhand",
      "dockwatch",     "doco-cd",       "dokploy",        "drone",         "forgejo-runner",
      "gitea-runner",  "github-runner", "gitlab-runner",  "harbormaster",  "jenkins",
      "komodo",        "lazydocker",    "localstack",     "nextcloud-aio", "ofelia",
      "onedev",        "openhands",     "ouroboros",      "periphery",     "pipelines-runner",
      "portainer",     "runtipi",       "ryuk",           "sablier",       "shepherd",
      "swarm-cronjob", "swarmpit",      "tugtainer",      "volume-backup", "volumes-backup",
      "watchtower",    "wings",         "woodpecker",     "yacht"};
  // The name alone may be anybody's.
  static constexpr std::array<std::string_view, 7> kSteersOf = {"coder/coder",
                                                                "forgejo/runner",
                                                                "gitea/runner",
                                                                "nextcloud/all-in-one",
                                                                "open-runtimes/orchestrator",
                                                                "openruntimes/executor",
                                                                "sourcegraph/executor"};
  // What somebody's own part is called that starts or stops others, and what does not.
  static constexpr std::array<std::string_view, 10> kMaySteer = {
      "aio",      "all-in-one", "backup",       "coder",  "controller",
      "deployer", "executor",   "orchestrator", "runner", "updater"};
  const auto named = [&](std::string_view part) { return has_part(name, part); };
  if (std::any_of(kFilters.begin(), kFilters.end(), named)) return Purpose::kFilters;
  if (std::any_of(kSignals.begin(), kSignals.end(), named)) return Purpose::kSignals;
  if (std::any_of(kWatches.begin(), kWatches.end(), named)) return Purpose::kWatches;
  if (std::any_of(kSteers.begin(), kSteers.end(), named)) return Purpose::kSteers;
  if (std::any_of(kSteersOf.begin(), kSteersOf.end(), named)) return Purpose::kSteers;
  // The command line itself: somebody's own script steers with it.
  const std::string image = image_name(name).name;
  const bool own = image == "docker" || image == "library/docker";
  if (own) return Purpose::kSteers;
  return std::any_of(kMaySteer.begin(), kMaySteer.end(), named) ? Purpose::kMaySteer
                                                                : Purpose::kOther;
}

bool is_there_to_be_reached(std::string_view name) {
  static constexpr std::array<std::string_view, 13> kReached = {"caddy-docker-proxy",
                                                                "dashdot",
                                                                "dozzle",
                                                                "flame",
                                                                "glance",
                                                                "glances",
                                                                "homepage",
                                                                "netdata",
                                                                "nginx-proxy",
                                                                "scrutiny",
                                                                "traefik",
                                                                "uptime-kuma",
                                                                "wud"};
  return std::any_of(kReached.begin(), kReached.end(),
                     [&](std::string_view part) { return has_part(name, part); });
}

}  // namespace composelint

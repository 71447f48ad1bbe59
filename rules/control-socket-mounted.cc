#include <composelint/accepted.h>
#include <composelint/attributes.h>
#include <composelint/host_mount.h>
#include <composelint/image_name.h>
#include <composelint/once_a_file.h>
#include <composelint/own_dockerfile.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/wording.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace composelint::rules {
namespace {

// Whose socket the path is, or is above; empty for none.
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

enum class Purpose { kOther, kWatches, kSignals, kSteers, kMaySteer, kFilters };

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

// By the image: what asks the engine about containers, what steers them, what stands between.
Purpose purpose_of(std::string_view name, bool is_image) {
  static constexpr std::array<std::string_view, 5> kFilters = {
      "docker-proxy", "dockerproxy", "sockguard", "socket-proxy", "socketproxy"};
  static constexpr std::array<std::string_view, 47> kWatches = {"alloy",
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
                                                                "dockercloud",
                                                                "dozzle",
                                                                "elastic-agent",
                                                                "filebeat",
                                                                "flame",
                                                                "fluent-bit",
                                                                "fluentd",
                                                                "exporter",
                                                                "fleet-server",
                                                                "glance",
                                                                "glances",
                                                                "grafana-agent",
                                                                "homarr",
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
                                                                "promtail",
                                                                "scrutiny",
                                                                "telegraf",
                                                                "traefik",
                                                                "trivy",
                                                                "uptime-kuma",
                                                                "vector",
                                                                "wud",
                                                                "zabbix-agent",
                                                                "zabbix-agent2"};
  // They have others read their files anew.
  static constexpr std::array<std::string_view, 4> kSignals = {
      "acme-companion", "docker-gen", "letsencrypt-nginx-proxy-companion", "nginx-proxy-companion"};
  static constexpr std::array<std::string_view, 45> kSteers = {
      "act_runner",    "arcane",        "autoheal",      "buildkite",      "caprover",
      "chadburn",      "coolify",       "cosmos-server", "deunhealth",     "dind",
      "docker-gc",     "docker-prune",  "dockge",        "dockhand",       "dockwatch",
      "doco-cd",       "dokploy",       "drone",         "forgejo-runner", "forgejo/runner",
      "github-runner", "gitlab-runner", "harbormaster",  "jenkins",        "komodo",
      "lazydocker",    "localstack",    "ofelia",        "onedev",         "openhands",
      "ouroboros",     "periphery",     "portainer",     "runtipi",        "ryuk",
      "sablier",       "shepherd",      "swarm-cronjob", "swarmpit",       "tugtainer",
      "volume-backup", "watchtower",    "wings",         "woodpecker",     "yacht"};
  // Names that others have, too.
  static constexpr std::array<std::string_view, 6> kMaySteer = {
      "aio", "all-in-one", "coder", "dockerapi", "executor", "runner"};
  const auto named = [&](std::string_view part) { return has_part(name, part); };
  if (std::any_of(kFilters.begin(), kFilters.end(), named)) return Purpose::kFilters;
  if (std::any_of(kSignals.begin(), kSignals.end(), named)) return Purpose::kSignals;
  if (std::any_of(kWatches.begin(), kWatches.end(), named)) return Purpose::kWatches;
  if (std::any_of(kSteers.begin(), kSteers.end(), named)) {
    return is_image ? Purpose::kSteers : Purpose::kMaySteer;
  }
  // The command line itself: somebody's own script steers with it.
  if (is_image) {
    const std::string image = image_name(name).name;
    if (image == "docker" || image == "library/docker") return Purpose::kMaySteer;
  }
  return std::any_of(kMaySteer.begin(), kMaySteer.end(), named) ? Purpose::kMaySteer
                                                                : Purpose::kOther;
}

// What is built here has the name of what it is built of, mostly.
Purpose purpose_of(const Service& service) {
  return purpose_of(service.image ? service.image->value : service.name, service.image.has_value());
}

// `FROM nginxproxy/nginx-proxy:1.6` of its Dockerfile.
bool is_built_on_what_asks(const WorkspaceFacts& facts, const Finding& finding) {
  return std::any_of(facts.projects.begin(), facts.projects.end(), [&](const Project* project) {
    const Service* service = project->service(finding.key.front());
    if (service == nullptr || !service->build || service->span.file != finding.span.file) {
      return false;
    }
    const SourceFile* dockerfile = dockerfile_of(*service, facts);
    return dockerfile != nullptr &&
           purpose_of(detail::base_of(dockerfile->bytes()), true) != Purpose::kOther;
  });
}

std::string what_it_gets(const HostMount& mount, std::string_view engine) {
  const bool itself = mount.source.ends_with(".sock") || mount.source.ends_with(".raw");
  return itself
             ? "the socket of " + std::string(engine)
             : quoted(mount.source) + " of the host and in it the socket of " + std::string(engine);
}

std::string consequence(Purpose purpose, bool read_only) {
  if (purpose == Purpose::kWatches) {
    return "it only reads, but whoever breaks into it may start a container that owns the host; "
           "a socket proxy lets it read and no more";
  }
  if (purpose == Purpose::kSignals) {
    return "it looks for containers and signals them or runs commands in them, and whoever breaks "
           "into it may start one that owns the host";
  }
  return "whoever breaks into it starts a container with the host's disk in it and owns the host" +
         std::string(read_only ? "; `ro` keeps the file as it is, not what is said through it"
                               : "");
}

// "Root-equivalent on the host: that is why only this one gets it."
bool is_accepted(Span span) {
  const std::string said = said_beside(span);
  if (said.find("root") != said.npos || said.find("security") != said.npos) return true;
  return gives_a_reason(span) || has_a_word_behind(span);
}

// `DOCKER_HOST: tcp://socket:2375`, `--docker.endpoint=tcp://socket:2375`: others ask it instead of
// the engine.
bool stands_for_the_engine(const Service& service, const Project& project) {
  const std::string address = "tcp://" + service.name + ":";
  const auto names = [&](std::string_view text) { return text.find(address) != text.npos; };
  return std::any_of(project.services.begin(), project.services.end(), [&](const Service& other) {
    if (&other == &service) return false;
    const bool words = other.command &&
                       std::any_of(other.command->value.begin(), other.command->value.end(), names);
    return words ||
           std::any_of(other.environment.begin(), other.environment.end(), [&](const auto& each) {
             return each.second.value && names(*each.second.value);
           });
  });
}

// A container that an editor works in starts those of the project.
bool is_of_an_editor(Span span) {
  return span && ("/" + span.file->path()).find("/.devcontainer/") != std::string::npos;
}

void say(const Service& service, const Project& project, Span span, const std::string& what,
         bool read_only, RuleContext& context) {
  Purpose purpose = purpose_of(service);
  // Where docker-gen and what is built on it look for the socket.
  const bool looks = span.text().find(":/tmp/docker.sock") != std::string_view::npos;
  if (looks && purpose == Purpose::kOther) purpose = Purpose::kWatches;
  if (purpose == Purpose::kFilters || purpose == Purpose::kSteers) return;
  if (stands_for_the_engine(service, project) || is_of_an_editor(span)) return;
  Finding& finding = context.report(
      span, quoted(service.name) + " gets " + what + ": " + consequence(purpose, read_only),
      {service.name});
  if (purpose != Purpose::kOther || is_accepted(span)) finding.severity = Severity::kNote;
}

// `${SOCKET}:/var/run/docker.sock`: where it comes from is open, what it is there for is not.
const Value* mount_to_socket(const Service& service) {
  const Value* volumes = service.attribute("volumes");
  if (volumes == nullptr) return nullptr;
  const auto found =
      std::find_if(volumes->items.begin(), volumes->items.end(), [](const Value& entry) {
        std::string_view text = entry.span.text();
        if (!text.empty() && (text.front() == '"' || text.front() == '\'')) {
          text = text.substr(1, text.size() - 2);
        }
        if (!text.starts_with('$')) return false;
        for (const std::string_view mode : {":ro", ":rw", ":z", ":Z"}) {
          if (text.ends_with(mode)) text.remove_suffix(mode.size());
        }
        return text.ends_with("}:/var/run/docker.sock") || text.ends_with("}:/run/docker.sock");
      });
  return found == volumes->items.end() ? nullptr : &*found;
}

void on_service(const Service& service, const Project& project, RuleContext& context) {
  if (is_template(service, project)) return;
  const Value* whole = service.attribute("use_api_socket");
  if (is_true(whole)) {
    return say(service, project, place_of(*whole, service),
               "the socket of Docker and the user's logins", false, context);
  }
  const std::vector<HostMount> mounts = host_mounts(service, project);
  const auto rank = [](const HostMount& mount) {
    return engine_behind(mount.source).empty() ? 0 : mount.source.ends_with(".sock") ? 2 : 1;
  };
  const auto best =
      std::max_element(mounts.begin(), mounts.end(),
                       [&](const HostMount& a, const HostMount& b) { return rank(a) < rank(b); });
  if (best == mounts.end() || rank(*best) == 0) {
    if (const Value* mount = mount_to_socket(service)) {
      say(service, project, mount->span, "the socket of Docker", false, context);
    }
    return;
  }
  // A monitor that sees all of the host, or may do all on it: the socket adds nothing.
  const bool sees_all = is_true(service.attribute("privileged")) ||
                        std::any_of(mounts.begin(), mounts.end(),
                                    [](const HostMount& mount) { return mount.source == "/"; });
  if (sees_all && purpose_of(service) == Purpose::kWatches) return;
  say(service, project, best->span, what_it_gets(*best, engine_behind(best->source)),
      best->read_only, context);
}

// An anchor gives it to several: all of them are named.
void name_all(const WorkspaceFacts& facts, Finding& finding) {
  const std::string own = quoted(finding.key.front()) + " gets ";
  if (!finding.message.starts_with(own)) return;
  for (const Project* project : facts.projects) {
    std::vector<std::string> names;
    for (const Service& service : project->services) {
      const bool has = std::any_of(service.mounts.begin(), service.mounts.end(),
                                   [&](const Mount& mount) { return mount.span == finding.span; });
      if (has && !is_template(service, *project)) names.push_back(service.name);
    }
    if (names.size() < 2) continue;
    finding.message = listed(names) + " get " + finding.message.substr(own.size());
    return;
  }
}

// Services of a file that get it for the same are told together.
void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  std::map<std::pair<Severity, std::string>, std::vector<Finding*>> alike;
  for (Finding* finding : findings) {
    // A developer who knows of it has nothing to lose by it.
    const bool dev = finding->context == to_string(Context::kDev);
    if (dev && finding->span && is_accepted(finding->span)) finding->severity = Severity::kOff;
    if (finding->severity == Severity::kOff) continue;
    if (finding->severity > Severity::kNote && is_built_on_what_asks(facts, *finding)) {
      finding->severity = Severity::kNote;
    }
    const std::size_t what = finding->message.find(" gets ");
    alike[{finding->severity, finding->message.substr(what)}].push_back(finding);
  }
  for (auto& [what, group] : alike) {
    std::sort(group.begin(), group.end(),
              [](const Finding* a, const Finding* b) { return a->span.begin < b->span.begin; });
    tell_once_a_file(facts, group);
  }
  for (Finding* finding : findings) name_all(facts, *finding);
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  app:\n"
              "    image: example/app:1.4\n"
              "    volumes:\n"
              "      - /var/run/docker.sock:/var/run/docker.sock:ro\n",
    .safe = "services:\n"
            "  app:\n"
            "    image: example/app:1.4\n"
            "    environment:\n"
            "      DOCKER_HOST: tcp://socket:2375\n"
            "  socket:\n"
            "    image: tecnativa/docker-socket-proxy:0.3.0\n"
            "    environment:\n"
            "      CONTAINERS: 1\n"
            "    volumes:\n"
            "      - /var/run/docker.sock:/var/run/docker.sock:ro\n",
    .is_compose = true,
}};

constexpr std::array<std::string_view, 2> kTags = {"CIS-Docker-5.32", "OWASP-Docker-1"};

}  // namespace

COMPOSELINT_RULE(control_socket_mounted) = {
    .slug = "control-socket-mounted",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning,
                 .dev = Severity::kNote,
                 .ci = Severity::kOff,
                 .docs = Severity::kNote},
    .summary = "A container can steer the engine that runs it",
    .rationale =
        "Who may talk to the engine's socket may start a container with `/` of the host in it and "
        "everything allowed: the socket is root on the host. `:ro` does not help, as it protects "
        "the socket's file and not what is sent through it. `/run`, `/var/run` and `/` hold the "
        "socket as well. A proxy that passes on only what is needed (`GET /containers`) takes the "
        "rest away; it is the proxy alone that gets the socket then. A note where the image is "
        "known to ask the engine and no more: reverse proxies, log shippers, monitors, and what is "
        "built on one; and what "
        "signals others in addition (docker-gen, acme-companion); and where a comment beside the "
        "line says what the socket is, or above it what it is for, or any stands behind it. Of a "
        "source that hangs on a "
        "variable the target tells (`${SOCKET}:/var/run/docker.sock`).",
    .silent_on =
        "Socket proxies, by their image or as another service names them for the engine "
        "(`tcp://socket:2375`), and what is there to steer the engine: autoheal, ofelia, "
        "Portainer, "
        "runners. Monitors that are privileged or see `/` of the host. Sockets of other services "
        "(`/run/postgresql`) and directories of the project that are called so. Services that are "
        "only there for others to be made from. Containers that an editor works in "
        "(`.devcontainer`). In the stack of a developer, lines with a comment.",
    .examples = kExamples,
    .cwe = 250,
    .tags = kTags,
    .on_service = on_service,
    .on_findings = on_findings,
};

}  // namespace composelint::rules

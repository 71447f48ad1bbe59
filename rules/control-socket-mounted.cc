#include <composelint/path_name.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/value.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "analyzer/signs/files/own_dockerfile.h"
#include "analyzer/signs/images/image_name.h"
#include "analyzer/signs/reports/attributes.h"
#include "analyzer/signs/reports/once_a_file.h"
#include "analyzer/signs/reports/repeated.h"
#include "analyzer/signs/reports/written_out.h"
#include "analyzer/signs/stacks/control_socket.h"
#include "analyzer/signs/stacks/host_mount.h"
#include "analyzer/signs/stacks/socket_elsewhere.h"
#include "analyzer/signs/stacks/socket_said.h"
#include "analyzer/signs/stacks/socket_task.h"
#include "analyzer/signs/stacks/socket_user.h"
#include "analyzer/signs/stacks/stack_parts.h"
#include "analyzer/signs/stacks/worked_in.h"
#include "analyzer/signs/words/accepted.h"
#include "analyzer/signs/words/development_words.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

using composelint::engine_behind;
using composelint::Purpose;
using composelint::purpose_of;

// `FROM nginxproxy/nginx-proxy:1.6` of its Dockerfile.
bool is_built_on_what_asks(const WorkspaceFacts& facts, const Service& service) {
  const SourceFile* dockerfile = service.build ? dockerfile_of(service, facts) : nullptr;
  return dockerfile != nullptr && purpose_of(base_of(dockerfile->bytes())) != Purpose::kOther;
}

const Service* service_of(const WorkspaceFacts& facts, const Finding& finding) {
  for (const Project* project : facts.projects) {
    const Service* service = project->service(finding.key.front());
    if (service != nullptr && service->span.file == finding.span.file) return service;
  }
  return nullptr;
}

std::string what_it_gets(const HostMount& mount, std::string_view engine) {
  const bool itself = mount.source.ends_with(".sock") || mount.source.ends_with(".raw");
  return itself
             ? "the socket of " + std::string(engine)
             : quoted(mount.source) + " of the host and in it the socket of " + std::string(engine);
}

// The engine of a user, who is not root: `/run/user/1000/podman/podman.sock`.
bool is_of_a_user(const HostMount& mount) {
  return mount.source.starts_with("/run/user/");
}

constexpr std::string_view kOnlyReads =
    "it only reads, but whoever breaks into it may start a container that owns the host; a socket "
    "proxy lets it read and no more";

constexpr std::string_view kMayStart =
    "it may be there to start others, and whoever breaks into it starts a container with the "
    "host's "
    "disk in it and owns the host";

// `--providers.docker=false`: it has the socket and does not ask it.
bool is_told_not_to_ask(const Service& service) {
  return service.command && std::find(service.command->value.begin(), service.command->value.end(),
                                      "--providers.docker=false") != service.command->value.end();
}

std::string consequence(Purpose purpose, bool read_only) {
  if (purpose == Purpose::kMaySteer) return std::string(kMayStart);
  if (purpose == Purpose::kWatches) return std::string(kOnlyReads);
  if (purpose == Purpose::kSignals) {
    return "it looks for containers and signals them or runs commands in them, and whoever breaks "
           "into it may start one that owns the host";
  }
  return "whoever breaks into it starts a container with the host's disk in it and owns the host" +
         std::string(read_only ? "; `ro` keeps the file as it is, not what is said through it"
                               : "");
}

void say(const Service& service, const Project& project, Span span, const std::string& what,
         bool read_only, RuleContext& context) {
  Purpose purpose = purpose_of(service);
  // Where docker-gen and what is built on it look for the socket.
  const bool looks = span.text().find(":/tmp/docker.sock") != std::string_view::npos;
  if (looks && purpose == Purpose::kOther) purpose = Purpose::kWatches;
  if (purpose == Purpose::kFilters || purpose == Purpose::kSteers) return;
  // Who works in a container starts those of the project from there.
  if (stands_for_the_engine(service, project) || is_worked_in(service, project)) return;
  if (is_explained(span) || is_headed_by_the_danger(span) || cannot_open_it(service)) return;
  if (is_socket_told_above(service) || is_socket_told_within(service, span)) return;
  const bool told = is_told_what_to_start(service);
  // Nobody gets to it from outside, and there is nothing to do about it: it is made for that.
  const bool made_for_it = told || is_told_of_the_socket(service) ||
                           says_what_socket_is_for(span) ||
                           (purpose != Purpose::kOther && purpose != Purpose::kSteers);
  const std::string image = service.image ? service.image->value : service.name;
  const bool shows = purpose != Purpose::kSignals && (looks || is_there_to_be_reached(image));
  const bool reached = shows || is_reached_from_outside(service);
  if (made_for_it && !reached) return;
  const std::string so = is_told_not_to_ask(service)
                             ? "it is told not to ask it (`--providers.docker=false`), which "
                               "whoever breaks into it does"
                             : consequence(purpose, read_only);
  Finding& finding =
      context.report(span, quoted(service.name) + " gets " + what + ": " + so, {service.name});
  if (purpose != Purpose::kOther || told || is_socket_known_as_root(span))
    finding.severity = Severity::kNote;
}

void say_of_a_user(const Service& service, const Project& project, const HostMount& mount,
                   RuleContext& context) {
  const Purpose purpose = purpose_of(service);
  if (purpose == Purpose::kFilters || purpose == Purpose::kSteers) return;
  if (stands_for_the_engine(service, project)) return;
  Finding& finding =
      context.report(mount.span,
                     quoted(service.name) + " gets the socket of a user's own " +
                         std::string(engine_behind(mount.source)) +
                         ": whoever breaks into it has all containers and files of that user",
                     {service.name});
  finding.severity = Severity::kNote;
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
  // What may do all on the host gets nothing by the socket, nor does a monitor that sees all of it.
  if (is_true(service.attribute("privileged"))) return;
  const bool sees_all = std::any_of(mounts.begin(), mounts.end(),
                                    [](const HostMount& mount) { return mount.source == "/"; });
  if (sees_all && purpose_of(service) == Purpose::kWatches) return;
  if (is_of_a_user(*best)) return say_of_a_user(service, project, *best, context);
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

// `/var/run/docker.sock:/var/run/docker.sock` of `"/var/run/docker.sock:/var/run/docker.sock:ro"`.
std::string without_mode(std::string_view mount) {
  std::string text(mount);
  std::erase_if(text, [](char c) { return c == '"' || c == '\''; });
  return text.ends_with(":ro") || text.ends_with(":rw") ? text.substr(0, text.size() - 3) : text;
}

// The image and the mount, as they are written: by these a service of another file is the same.
std::string what_it_is(const WorkspaceFacts& facts, const Finding& finding) {
  const Service* service = service_of(facts, finding);
  if (service == nullptr) return finding.span.file->path() + '\n' + finding.key.front();
  // An `.env` beside one of them makes the image known there alone.
  const bool pulled = service->image && service->image->known && !service->build &&
                      service->image->from.span.text().find('$') == std::string_view::npos;
  return (pulled ? image_name(service->image->value).name : service->name) + '\n' +
         without_mode(finding.span.text());
}

// Files of one directory may build it or take it as an image.
std::string where_it_is(const WorkspaceFacts&, const Finding& finding) {
  return std::string(directory_of(*finding.span.file)) + '\n' + finding.key.front() + '\n' +
         without_mode(finding.span.text());
}

// `blue.yaml` beside `green.yaml`, a stack and the part of it that has a file of its own: the one
// for production or else the one that is nearest to the top tells of the others.
void tell_once(std::span<Finding* const> findings,
               std::string (*what)(const WorkspaceFacts&, const Finding&),
               const WorkspaceFacts& facts) {
  const auto rank_of = [](std::string_view path) {
    return std::tuple(!has_name_word(file_name(path), {"prod", "production"}),
                      std::count(path.begin(), path.end(), '/'), path.size());
  };
  std::map<std::pair<Severity, std::string>, std::vector<Finding*>> alike;
  for (Finding* finding : findings) {
    if (finding->severity == Severity::kOff || !finding->span) continue;
    alike[{finding->severity, what(facts, *finding)}].push_back(finding);
  }
  for (auto& [same, group] : alike) {
    if (group.size() < 2) continue;
    Finding& told =
        **std::min_element(group.begin(), group.end(), [&](const Finding* a, const Finding* b) {
          return rank_of(a->span.file->path()) < rank_of(b->span.file->path());
        });
    for (Finding* other : group) {
      if (other != &told) merge_into(told, *other);
    }
    tell_of_more_files(told, group);
  }
}

// What is told of the service in use need not be told of a developer's.
void leave_to_those_in_use(std::span<Finding* const> findings) {
  std::set<std::string_view> in_use;
  for (const Finding* finding : findings) {
    const bool told = finding->severity != Severity::kOff;
    if (told && finding->context == to_string(Context::kOps)) in_use.insert(finding->key.front());
  }
  for (Finding* finding : findings) {
    const bool dev = finding->context == to_string(Context::kDev);
    if (dev && in_use.contains(finding->key.front())) finding->severity = Severity::kOff;
  }
}

// What the file alone does not tell: other files, Dockerfiles and pages do.
void weigh_by_others(const WorkspaceFacts& facts, Finding& finding) {
  const Service* service = service_of(facts, finding);
  if (service == nullptr) return;
  // A developer who knows of it has nothing to lose by it, nor by what only reads, nor where nobody
  // gets in.
  const bool dev = finding.context == to_string(Context::kDev);
  const bool reads = finding.message.find(kOnlyReads) != std::string::npos ||
                     finding.message.find(kMayStart) != std::string::npos;
  const bool on_what_asks = is_built_on_what_asks(facts, *service);
  if (dev && (reads || on_what_asks || !said_above(finding.span).empty() ||
              !is_reached_from_outside(*service))) {
    finding.severity = Severity::kOff;
  }
  const SocketElsewhere elsewhere = socket_elsewhere(facts, *service);
  const bool owned = elsewhere.said_to_be_root && !is_reached_from_outside(*service);
  if (elsewhere.documented || owned) finding.severity = Severity::kOff;
  const bool known = elsewhere.purpose != Purpose::kOther;
  if (known && !elsewhere.reached) finding.severity = Severity::kOff;
  if (finding.severity > Severity::kNote && (known || on_what_asks)) {
    finding.severity = Severity::kNote;
  }
}

// Services of a file that get it for the same are told together.
void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  std::map<std::pair<Severity, std::string>, std::vector<Finding*>> alike;
  for (Finding* finding : findings) {
    weigh_by_others(facts, *finding);
    if (finding->severity == Severity::kOff) continue;
    const std::size_t what = finding->message.find(" gets ");
    alike[{finding->severity, finding->message.substr(what)}].push_back(finding);
  }
  for (auto& [what, group] : alike) {
    std::sort(group.begin(), group.end(),
              [](const Finding* a, const Finding* b) { return a->span.begin < b->span.begin; });
    tell_once_a_file(facts, group);
  }
  for (Finding* finding : findings) name_all(facts, *finding);
  tell_once(findings, what_it_is, facts);
  tell_once(findings, where_it_is, facts);
  leave_to_those_in_use(findings);
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
        "built on one; what "
        "signals others in addition (docker-gen, acme-companion), and what its settings tell to "
        "start containers, where others get to it from outside; and where a comment beside the "
        "line says what the socket is. Of a "
        "source that hangs on a "
        "variable the target tells (`${SOCKET}:/var/run/docker.sock`). A note for the engine of a "
        "user (`/run/user/1000/podman/podman.sock`), which can do what that user can, and where "
        "nothing but a name says that the service steers the engine (`my-runner`). The same "
        "service in several files is told of once.",
    .silent_on =
        "Socket proxies, by their image or as another service names them for the engine "
        "(`tcp://socket:2375`), and what is there to steer the engine: autoheal, ofelia, "
        "Portainer, runners of pipelines. Services to which nobody gets from outside, as they have "
        "no port, no network of the host and no route of a proxy and show no page, and that are "
        "made for it: log "
        "shippers and monitors, what signals others or is called an updater or a runner, "
        "what a comment beside the line says the socket is for, and what is "
        "told by its settings which containers it starts (`EXECUTOR_DOCKER_IMAGE`, "
        "`ORCHESTRATOR_BACKEND=docker`), which repository it follows (`SYNC_GIT_URL`) or where the "
        "socket is, and what is built here with the command `docker` in it. Files whose head says "
        "that the "
        "socket is "
        "root on the host. What has somebody's logins to registries mounted beside the socket, and "
        "images that a script or a page of the repository starts with it by `docker run`. Services "
        "of which a comment above or within says what the socket is for, and those to which nobody "
        "gets from "
        "outside where a page says that their socket is root. Services "
        "with a `user` that is not root and no `group_add`. Services that are privileged, and "
        "monitors that see `/` of the host. Lines "
        "with some words behind them, or a comment above that says what it is for. Sockets of "
        "other "
        "services "
        "(`/run/postgresql`) and directories of the project that are called so. Services that are "
        "only there for others to be made from. Containers that an editor works in "
        "(`.devcontainer`) or somebody else does: a terminal over the mounted project. In the "
        "stack of a developer, what only reads, what nobody gets to from "
        "outside, and lines with a comment of any kind. A file that is laid over another is "
        "judged by the image that the other has.",
    .examples = kExamples,
    .cwe = 250,
    .tags = kTags,
    .on_service = on_service,
    .on_findings = on_findings,
};

}  // namespace composelint::rules

#include <composelint/path_name.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/value.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/images/image_name.h"
#include "analyzer/signs/reports/attributes.h"
#include "analyzer/signs/reports/once_a_file.h"
#include "analyzer/signs/stacks/socket_task.h"
#include "analyzer/signs/words/accepted.h"
#include "analyzer/signs/words/development_words.h"

namespace composelint::rules {
namespace {

// Engines in containers and what looks at the whole host: their own instructions ask for it, and
// nothing less makes them work. A proxy of the engine's socket may do all of it by that, anyway.
bool has_to_be(const Service& service) {
  static constexpr std::array<std::string_view, 10> kImages = {
      "binfmt", "binfmt-support", "cadvisor", "dind", "docker-in-docker", "docker-socket-proxy",
      "k3s",    "kindest/node",   "minikube", "rke2"};
  // Docker in Docker keeps its images outside of the container's own disk.
  if (std::any_of(service.mounts.begin(), service.mounts.end(), [](const Mount& mount) {
        return mount.target == "/var/lib/docker" && !mount.read_only;
      })) {
    return true;
  }
  if (!service.image) return false;
  const ImageName image = image_name(service.image->value);
  const std::string_view name = image.name;
  const std::string_view last = file_name(name);
  if (last == "docker" || image.tag.find("dind") != std::string::npos) return true;
  return std::any_of(kImages.begin(), kImages.end(),
                     [&](std::string_view each) { return last == each || name == each; });
}

// The host's devices, kernel modules or control groups are its work: a machine in a container, a
// program for hardware.
bool works_on_the_machine(const Service& service) {
  static constexpr std::array<std::string_view, 8> kPlaces = {
      "/dev",           "/dev/bus/usb",      "/lib/modules",        "/run/udev",
      "/sys/fs/cgroup", "/sys/kernel/debug", "/sys/kernel/tracing", "/usr/src"};
  if (std::any_of(service.mounts.begin(), service.mounts.end(), [&](const Mount& mount) {
        return mount.type == "bind" &&
               std::find(kPlaces.begin(), kPlaces.end(), mount.source) != kPlaces.end();
      })) {
    return true;
  }
  static constexpr std::array<std::string_view, 4> kInits = {
      "/lib/systemd/systemd", "/sbin/init", "/usr/lib/systemd/systemd", "/usr/sbin/init"};
  for (const auto* list : {&service.entrypoint, &service.command}) {
    if (!*list || (*list)->value.empty()) continue;
    if (std::find(kInits.begin(), kInits.end(), (*list)->value.front()) != kInits.end())
      return true;
  }
  return false;
}

// Its vendor's own instructions say `privileged`: what starts sandboxes of its own for other
// people's code, looks at all of the host, or drives what is plugged in.
bool is_told_to_be(const Service& service) {
  static constexpr std::array<std::string_view, 21> kImages = {"blakeblackshear/frigate",
                                                               "budtmo/docker-android",
                                                               "collabora/code",
                                                               "coroot-node-agent",
                                                               "dashdot",
                                                               "erichough/nfs-server",
                                                               "esphome/esphome",
                                                               "falcosecurity/falco",
                                                               "frigate",
                                                               "home-assistant",
                                                               "homeassistant",
                                                               "netfilter",
                                                               "posit/",
                                                               "redroid/redroid",
                                                               "rstudio/",
                                                               "scanopy/daemon",
                                                               "sysdig/agent",
                                                               "tetragon",
                                                               "weaveworks/scope",
                                                               "zabbix-agent",
                                                               "zabbix-agent2"};
  if (!service.image) return false;
  const std::string name = image_name(service.image->value).name;
  const std::string_view last = file_name(name);
  return std::any_of(kImages.begin(), kImages.end(), [&](std::string_view image) {
    if (image.ends_with('/')) return name.starts_with(image);
    return last == image || name.ends_with(image);
  });
}

// A tunnel of its own, the processes of the host, or a variable by which the owner takes it back:
// somebody knows what it is for.
bool has_a_use_for_it(const Service& service, const Value& privileged) {
  const Value* sysctls = service.attribute("sysctls");
  const bool tunnel =
      (sysctls != nullptr && sysctls->span.text().find("src_valid_mark") != std::string::npos) ||
      std::any_of(service.environment.begin(), service.environment.end(), [](const auto& each) {
        return has_name_word(each.first, {"openvpn", "vpn", "wireguard"});
      });
  return tunnel || text_at(service, "pid") == "host" ||
         place_of(privileged, service).text().find('$') != std::string_view::npos;
}

void on_service(const Service& service, const Project& project, RuleContext& context) {
  const Value* privileged = service.attribute("privileged");
  if (!is_true(privileged) || is_template(service, project)) return;
  if (has_to_be(service) || is_told_to_be(service)) return;
  // What says neither what it is made of nor how is a part of others: it is told of those.
  if (!service.image && !service.build) return;
  // Nobody gets in to break out again.
  if (!is_reached_from_outside(service) || has_a_use_for_it(service, *privileged)) return;
  const Span place = place_of(*privileged, service);
  if (is_explained(place)) return;
  Finding& finding = context.report(
      place,
      quoted(service.name) +
          " runs with every capability, all devices of the host and no seccomp or AppArmor "
          "profile: whoever breaks into it owns the host",
      {service.name});
  if (works_on_the_machine(service)) {
    finding.severity = std::min(finding.severity, Severity::kNote);
  }
}

// `docker run --privileged IMAGE` in a script or on a page of the repository: its makers say it.
std::set<std::string> images_started_so(const WorkspaceFacts& facts) {
  std::set<std::string> images;
  for (const TaskView& task : facts.tasks) {
    for (const Step& step : task.timeline->steps) {
      const auto& docker = step.docker;
      const bool runs = docker && docker->is("container run") && docker->has("--privileged");
      if (!runs || docker->operands.empty()) continue;
      images.insert(image_name(docker->operands.front().text).name);
    }
  }
  return images;
}

void leave_what_is_started_so(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  const std::set<std::string> started = images_started_so(facts);
  for (Finding* finding : findings) {
    for (const Project* project : facts.projects) {
      const Service* service = project->service(finding->key.front());
      const Value* value = service == nullptr ? nullptr : service->attribute("privileged");
      if (value == nullptr || !service->image || value->span.file != finding->span.file) continue;
      if (started.contains(image_name(service->image->value).name)) {
        finding->severity = Severity::kOff;
      }
    }
  }
}

// Those that have a reason are told apart from those that have none.
void on_findings(const WorkspaceFacts& facts, std::span<Finding* const> findings) {
  leave_what_is_started_so(facts, findings);
  for (const Severity severity : {Severity::kNote, Severity::kWarning, Severity::kError}) {
    std::vector<Finding*> alike;
    std::copy_if(findings.begin(), findings.end(), std::back_inserter(alike),
                 [&](const Finding* finding) { return finding->severity == severity; });
    tell_once_a_file(facts, alike);
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n  app:\n    image: example/app:1.4\n    ports: [\"80:80\"]\n"
              "    privileged: true\n",
    .safe = "services:\n  app:\n    image: example/app:1.4\n    ports: [\"80:80\"]\n"
            "    cap_add: [NET_ADMIN]\n",
    .is_compose = true,
}};

constexpr std::array<std::string_view, 2> kTags = {"CIS-Docker-5.5", "OWASP-Docker-3"};

}  // namespace

COMPOSELINT_RULE(privileged_service) = {
    .slug = "privileged-service",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning,
                 .dev = Severity::kOff,
                 .ci = Severity::kOff,
                 .docs = Severity::kNote},
    .summary = "A service runs privileged",
    .rationale =
        "`privileged: true` gives a container all capabilities, all devices of the host and a "
        "writable `/sys`, and switches its seccomp and AppArmor profiles off. One `mount` of the "
        "host's disk is all it takes to leave it. Most images that ask for it need one capability "
        "(`cap_add`) or one device (`devices`). Told of what others get to from outside: by a "
        "port, "
        "the host's network, a route of a proxy. Of thirteen such findings that people had judged, "
        "eleven were about services that nobody reaches or whose work asks for it, and the one "
        "that was worth a look was of a service with a route.",
    .silent_on =
        "What a later file takes back (`privileged: false`, `!reset`). Services that are only "
        "there for others to be made from, those to which nobody gets from outside, those with a "
        "tunnel of their own (`VPN_ENABLED`, WireGuard's `sysctls`) or the processes of the host "
        "(`pid: host`), and values with a variable (`${PRIVILEGED:-true}`). Images that need all "
        "of it: cAdvisor, Docker in Docker, "
        "k3s, kind; a service that keeps a "
        "Docker of its own at `/var/lib/docker`; those whose vendor asks for it (Home Assistant), "
        "and what a script or a page of the repository starts with `docker run --privileged`. Of "
        "services that work on the host's devices, modules or control groups, and where a comment "
        "above the line "
        "or at its end gives the reason, it is a note. More than one of a file are told together. "
        "Stacks for "
        "development "
        "and tests.",
    .examples = kExamples,
    .cwe = 250,
    .tags = kTags,
    .on_service = on_service,
    .on_findings = on_findings,
};

}  // namespace composelint::rules

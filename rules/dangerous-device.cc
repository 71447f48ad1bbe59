#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/value.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "analyzer/signs/reports/attributes.h"
#include "analyzer/signs/stacks/host_mount.h"

namespace composelint::rules {
namespace {

// What the device is; empty for one that does no harm.
std::string_view danger_of(std::string_view path) {
  struct Device {
    std::string_view begin, what;
  };
  static constexpr std::array<Device, 18> kDevices = {{
      {"/dev/sd", "a disk"},
      {"/dev/nvme", "a disk"},
      {"/dev/vd", "a disk"},
      {"/dev/xvd", "a disk"},
      {"/dev/hd", "a disk"},
      {"/dev/mmcblk", "a disk"},
      {"/dev/md", "a disk array"},
      {"/dev/dm-", "a volume"},
      {"/dev/mapper/", "a volume"},
      {"/dev/disk/", "a disk"},
      {"/dev/loop", "a loop device"},
      {"/dev/rbd", "a volume"},
      {"/dev/zfs", "the pools"},
      {"/dev/mem", "the memory"},
      {"/dev/kmem", "the kernel's memory"},
      {"/dev/port", "the ports of the machine"},
      {"/dev/kmsg", "the kernel's log"},
      {"/dev/kvm", {}},
  }};
  for (const Device& device : kDevices) {
    if (path.starts_with(device.begin)) return device.what;
  }
  return path == "/dev" ? "every device" : std::string_view();
}

const Value* first_rule_for_all(const Service& service) {
  const Value* rules = service.attribute("device_cgroup_rules");
  if (rules == nullptr) return nullptr;
  const auto found = std::find_if(rules->items.begin(), rules->items.end(), [](const Value& rule) {
    return rule.known && (rule.text.starts_with("a ") || rule.text.starts_with("b *:"));
  });
  return found == rules->items.end() ? nullptr : &*found;
}

void on_service(const Service& service, const Project& project, RuleContext& context) {
  if (is_template(service, project)) return;
  if (const Value* devices = service.attribute("devices")) {
    for (const Value& device : devices->items) {
      const Value* source = device.find("source");
      if (!device.known || source == nullptr || !source->known) continue;
      const std::string path = clean_path(source->text);
      const std::string_view what = danger_of(path);
      if (what.empty()) continue;
      const bool log = path == "/dev/kmsg";
      Finding& finding = context.report(
          place_of(device, service),
          quoted(service.name) + " has " + quoted(path) + ", " + std::string(what) +
              " of the host: it reads and writes " +
              (log ? "what the kernel tells" : "below every file system and permission"),
          {service.name, path});
      if (log) finding.severity = Severity::kNote;
      return;
    }
  }
  if (const Value* all = first_rule_for_all(service)) {
    context.report(
        place_of(*all, service),
        quoted(service.name) + " may make a device file for every disk of the host and use it",
        {service.name, "device_cgroup_rules"});
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  app:\n"
              "    image: example/app:1.4\n"
              "    devices:\n"
              "      - /dev/sda:/dev/sda\n",
    .safe = "services:\n"
            "  app:\n"
            "    image: example/app:1.4\n"
            "    devices:\n"
            "      - /dev/ttyUSB0:/dev/ttyUSB0\n",
    .is_compose = true,
}};

constexpr std::array<std::string_view, 1> kTags = {"CIS-Docker-5.18"};

}  // namespace

COMPOSELINT_RULE(dangerous_device) = {
    .slug = "dangerous-device",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kNote, .ci = Severity::kOff},
    .preset = Preset::kStrict,
    .summary = "A service has a disk or the memory of the host",
    .rationale =
        "A disk given as a device is read and written below its file system: permissions, "
        "read-only mounts and the mount namespace do not count. What a disk is wanted for is "
        "mostly a directory of it (`volumes`), or its state, for which `smartctl` needs "
        "`cap_add: [SYS_RAWIO]` and read permission (`/dev/sda:/dev/sda:r`) only.",
    .silent_on =
        "Serial ports, cameras, sound, graphics, `/dev/net/tun`, `/dev/kvm`, `/dev/fuse`. "
        "Services that are only there for others to be made from. Files for tests.",
    .examples = kExamples,
    .cwe = 250,
    .tags = kTags,
    .on_service = on_service,
};

}  // namespace composelint::rules

#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/value.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/signs/reports/attributes.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

struct Capability {
  std::string_view name;
  int tier;  // 0 is the host itself
  std::string_view what;
};

constexpr std::array<Capability, 21> kCapabilities = {{
    {"ALL", 0, "everything root on the host may"},
    {"SYS_ADMIN", 0, "mount disks and leave the container by one of many ways"},
    {"SYS_MODULE", 0, "load code into the host's kernel"},
    {"SYS_RAWIO", 0, "read and write the memory and ports of the machine"},
    {"SYS_PTRACE", 1, "read the memory of every process it sees"},
    {"DAC_READ_SEARCH", 1, "open files of the host by their handles"},
    {"BPF", 1, "put programs into the host's kernel"},
    {"NET_ADMIN", 2, "change the routes and firewall of its network"},
    {"PERFMON", 2, "watch what every process of the host does"},
    {"SYSLOG", 2, "read the kernel's log and addresses"},
    {"AUDIT_READ", 2, "read the host's audit log"},
    {"SYS_TIME", 2, "set the clock of the host"},
    {"SYS_BOOT", 2, "restart the host"},
    {"MAC_ADMIN", 2, "change the host's security policy"},
    {"MAC_OVERRIDE", 2, "pass by the host's security policy"},
    {"AUDIT_CONTROL", 2, "switch the host's audit log off"},
    {"SYS_RESOURCE", 3, "lift its own limits"},
    {"SYS_NICE", 3, "take the processor from the host's programs"},
    {"IPC_LOCK", 3, "hold as much memory as it likes"},
    {"LINUX_IMMUTABLE", 3, "make files nobody can delete"},
    {"LEASE", 3, "hold up programs that open its files"},
}};

const Capability* capability(std::string_view name) {
  std::string upper(name);
  std::transform(upper.begin(), upper.end(), upper.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  std::string_view bare = upper;
  if (bare.starts_with("CAP_")) bare.remove_prefix(4);
  const auto found = std::find_if(kCapabilities.begin(), kCapabilities.end(),
                                  [&](const Capability& each) { return each.name == bare; });
  return found == kCapabilities.end() ? nullptr : &*found;
}

std::string_view weight(int tier) {
  if (tier == 0) return "that is the host itself";
  if (tier == 1) return "one more mistake leads out of the container";
  return tier == 2 ? "that reaches past the container"
                   : "other programs of the host suffer from it";
}

void on_service(const Service& service, const Project& project, RuleContext& context) {
  const Value* added = service.attribute("cap_add");
  if (added == nullptr || is_template(service, project)) return;
  const Value* at = nullptr;
  const Capability* worst = nullptr;
  std::vector<std::string> others;
  for (const Value& item : added->items) {
    const Capability* known = item.known ? capability(item.text) : nullptr;
    if (known == nullptr) continue;
    if (worst == nullptr || known->tier < worst->tier) {
      if (worst != nullptr) others.emplace_back(worst->name);
      worst = known;
      at = &item;
    } else {
      others.emplace_back(known->name);
    }
  }
  if (worst == nullptr) return;
  const bool hosts = worst->name == "NET_ADMIN" && text_at(service, "network_mode") == "host";
  const std::string_view what = hosts ? "change the routes and firewall of the host" : worst->what;
  Finding& finding =
      context.report(place_of(*at, service),
                     quoted(service.name) + " may " + std::string(what) + " with " +
                         quoted(worst->name) + ": " + std::string(weight(worst->tier)) +
                         (others.empty() ? "" : "; and it has " + listed(others)),
                     {service.name, std::string(worst->name)});
  if (worst->tier == 3) finding.severity = Severity::kNote;
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  app:\n"
              "    image: example/app:1.4\n"
              "    cap_add: [SYS_ADMIN]\n",
    .safe = "services:\n"
            "  app:\n"
            "    image: example/app:1.4\n"
            "    cap_add: [NET_BIND_SERVICE]\n",
    .is_compose = true,
}};

constexpr std::array<std::string_view, 2> kTags = {"CIS-Docker-5.4", "OWASP-Docker-3"};

}  // namespace

COMPOSELINT_RULE(strong_capability) = {
    .slug = "strong-capability",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kNote, .ci = Severity::kOff},
    .preset = Preset::kStrict,
    .summary = "A service is given a capability that reaches past its container",
    .rationale =
        "Four kinds, the gravest of a service is named: those that are the host (`ALL`, "
        "`SYS_ADMIN`, `SYS_MODULE`, `SYS_RAWIO`), those that are one mistake away from it "
        "(`SYS_PTRACE`, `DAC_READ_SEARCH`, `BPF`), those that read or change "
        "something of the host (`NET_ADMIN`, `SYSLOG`, `PERFMON`, `SYS_TIME`, `SYS_BOOT`), and "
        "those that "
        "take from others (`SYS_NICE`, `IPC_LOCK`; a note). VPNs need `NET_ADMIN`, clocks "
        "`SYS_TIME`, debuggers `SYS_PTRACE`: a comment that allows it says so.",
    .silent_on =
        "What Docker gives anyway, and `NET_BIND_SERVICE`. Services that are only there for "
        "others to be made from. Files for tests.",
    .examples = kExamples,
    .cwe = 250,
    .tags = kTags,
    .on_service = on_service,
};

}  // namespace composelint::rules

#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/value.h>

#include <array>
#include <string>
#include <string_view>

#include "analyzer/signs/reports/attributes.h"

namespace composelint::rules {
namespace {

struct Shared {
  std::string_view key, what;
};
constexpr std::array<Shared, 5> kShared = {{
    {"pid", "sees every process of the host and their environments"},
    {"ipc", "reads the shared memory of the host's programs"},
    {"userns_mode", "has a root that is the host's"},
    {"uts", "may rename the host"},
    {"cgroup", "sees the control groups of the host"},
}};

void on_service(const Service& service, const Project& project, RuleContext& context) {
  if (is_template(service, project)) return;
  const Value* first = nullptr;
  std::string key;
  std::string what;
  for (const Shared& shared : kShared) {
    const Value* value = service.attribute(shared.key);
    if (value == nullptr || text_at(service, shared.key) != "host") continue;
    if (first == nullptr) {
      first = value;
      key = shared.key;
    }
    what += (what.empty() ? "" : ", and ") + std::string(shared.what);
  }
  if (first == nullptr) return;
  context.report(place_of(*first, service),
                 quoted(service.name) + " shares more than a network with the host: it " + what,
                 {service.name, key});
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  app:\n"
              "    image: example/app:1.4\n"
              "    pid: host\n",
    .safe = "services:\n"
            "  app:\n"
            "    image: example/app:1.4\n"
            "    pid: service:web\n"
            "  web:\n"
            "    image: example/web:2.0\n",
    .is_compose = true,
}};

constexpr std::array<std::string_view, 4> kTags = {"CIS-Docker-5.16", "CIS-Docker-5.17",
                                                   "CIS-Docker-5.21", "CIS-Docker-5.31"};

}  // namespace

COMPOSELINT_RULE(host_namespace) = {
    .slug = "host-namespace",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kNote, .ci = Severity::kOff},
    .preset = Preset::kStrict,
    .summary = "A service shares the processes, memory or users of the host",
    .rationale =
        "`pid: host` shows every process of the host with its command line and environment, and "
        "lets root in the container end them; `ipc: host` opens the shared memory of other "
        "programs; `userns_mode: host` takes the mapping of users away where the engine has one; "
        "`uts: host` lets `SYS_ADMIN` rename the host. Monitors need the first; what two "
        "services share (`pid: service:…`, `ipc: shareable`) stays between them.",
    .silent_on =
        "Namespaces of other services. `network_mode: host`: [host-network](host-network.md) is "
        "about that. Services that are only there for others to be made from. Files for tests.",
    .examples = kExamples,
    .cwe = 653,
    .tags = kTags,
    .on_service = on_service,
};

}  // namespace composelint::rules

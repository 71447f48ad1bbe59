#include <composelint/evidence.h>
#include <composelint/path_name.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/data/data_directory.h"
#include "analyzer/signs/stacks/lifecycle.h"
#include "analyzer/signs/steps/sequence.h"
#include "analyzer/signs/words/wording.h"

namespace composelint::rules {
namespace {

// What a package manager or a build puts there again.
bool is_made_again(std::string_view target) {
  static constexpr std::array<std::string_view, 12> kNames = {
      "node_modules", "vendor", ".venv", "venv",  ".next",  ".nuxt",
      "target",       "dist",   "build", "cache", ".cache", "tmp"};
  return std::find(kNames.begin(), kNames.end(), file_name(target)) != kNames.end();
}

struct Renewed {
  std::string service;
  std::string path;
  Span span;
};

std::optional<Renewed> renewed_in(const Service& service) {
  if (const auto data = unkept_data_of(service)) {
    return Renewed{service.name, data->path,
                   data->mount != nullptr ? data->mount->span : service.span};
  }
  for (const Mount& mount : service.mounts) {
    if (mount.known && mount.type == "volume" && mount.source.empty() &&
        !is_made_again(mount.target)) {
      return Renewed{service.name, mount.target, mount.span};
    }
  }
  return std::nullopt;
}

void on_invocation(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  if (!call.is("up") || !call.has("--renew-anon-volumes")) return;
  const Project* project = call.target.project;
  if (project == nullptr || context.timeline() == nullptr) return;
  std::vector<std::string> places;
  std::vector<Related> related;
  for (const Service& service : project->services) {
    if (!reaches_service(call, service)) continue;
    const std::optional<Renewed> renewed = renewed_in(service);
    if (!renewed) continue;
    places.push_back(renewed->service + ":" + renewed->path);
    related.push_back({renewed->span, "on an anonymous volume of " + quoted(renewed->service)});
  }
  if (places.empty() || asked_before(*context.timeline(), step)) return;
  const Evidence saved = context.ask({Claim::kBackupTaken, Phase::kBefore, step});
  if (saved.truth == Truth::kSupported) return;
  Finding& finding = context.report(
      call.option("--renew-anon-volumes")->span,
      quoted(call.verb + " " + written_option(*call.option("--renew-anon-volumes"))) +
          " starts on empty volumes, whether anything has changed or not: what is in " +
          listed(places) + " is left behind",
      {"up", places.front()});
  finding.related = std::move(related);
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose up -d -V\n",
    .safe = "docker compose up -d\n",
    .compose = "services:\n  db:\n    image: mariadb:11.4\n    volumes:\n      - /var/lib/mysql\n",
}};

}  // namespace

COMPOSELINT_RULE(volume_renewal) = {
    .slug = "volume-renewal",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kOff, .ci = Severity::kOff},
    .summary = "up -V starts a service on an empty anonymous volume",
    .rationale =
        "Where a container is made anew `up` moves its anonymous volumes over. With `-V` it does "
        "not, and makes containers anew for it even where nothing has changed: the service starts "
        "on an empty volume, the old one stays without a name until some `prune` takes it "
        "(measured with Compose 2.40.3).",
    .silent_on =
        "Anonymous volumes of packages and build results (`node_modules`, `vendor`, …), for which "
        "the option is made. Services on named volumes. Scripts that ask first or have taken a "
        "backup. Developers' scripts, where a fresh database is what is wanted, and CI.",
    .examples = kExamples,
    .on_invocation = on_invocation,
};

}  // namespace composelint::rules

#include <composelint/document.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "analyzer/signs/reports/order_finding.h"
#include "analyzer/signs/reports/written_services.h"

namespace composelint::rules {
namespace {

std::string rank_of(std::string_view key) {
  static constexpr std::array<std::string_view, 23> kOrder = {
      "image",        "build",       "container_name", "depends_on", "volumes",     "volumes_from",
      "configs",      "secrets",     "environment",    "env_file",   "ports",       "networks",
      "network_mode", "extra_hosts", "command",        "entrypoint", "working_dir", "restart",
      "healthcheck",  "logging",     "labels",         "user",       "isolation"};
  if (key == "<<") return {};  // stays where it is
  const auto found = std::find(kOrder.begin(), kOrder.end(), key);
  if (found == kOrder.end()) return "z" + std::string(key);
  return std::string(1, static_cast<char>('a' + (found - kOrder.begin())));
}

void on_written(const WrittenFile& file, const Project&, RuleContext& context) {
  for_each_written_service(file, [&](const yaml::Node& name, const yaml::Node& service) {
    Ordered wanted{"the keys of " + quoted(name.text),
                   "image first, then what it needs, then how "
                   "it runs",
                   {},
                   {}};
    for (const yaml::Entry& entry : service.entries) {
      wanted.names.emplace_back(entry.key->text);
      wanted.ranks.push_back(rank_of(entry.key->text));
    }
    report_order(service, wanted, {std::string(name.text), "order"}, context);
  });
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  app:\n"
              "    restart: unless-stopped\n"
              "    image: example/app:1.4\n",
    .safe = "services:\n"
            "  app:\n"
            "    image: example/app:1.4\n"
            "    restart: unless-stopped\n",
    .is_compose = true,
}};

}  // namespace

COMPOSELINT_RULE(keys_order) = {
    .slug = "keys-order",
    .since = "0.1.0",
    .severity = {.ops = Severity::kNote,
                 .dev = Severity::kNote,
                 .ci = Severity::kNote,
                 .docs = Severity::kNote},
    .preset = Preset::kStyle,
    .summary = "The keys of a service are not in the usual order",
    .rationale =
        "Services that say the same things in the same order can be compared at a glance: what it "
        "is made of (`image`, `build`, `container_name`), what it depends on, its data, its "
        "environment, its network, how it runs, what is kept of it, whose rights it has; then all "
        "other keys by name.",
    .silent_on =
        "A merge key `<<` stays in its place. Nothing is moved before an anchor it uses, lists "
        "and maps in braces are left alone, and where a comment stands apart from all of them the "
        "order is told and not changed.",
    .examples = kExamples,
    .fix = FixKind::kSafe,
    .on_written = on_written,
};

}  // namespace composelint::rules

#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/value.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "analyzer/signs/reports/attributes.h"

namespace composelint::rules {
namespace {

struct Option {
  std::string_view name, what;
};
constexpr std::array<Option, 3> kOptions = {{
    {"exec", "programs run"},
    {"suid", "setuid bits count"},
    {"dev", "device files work"},
}};

// What the options of "/tmp:size=64m,exec" take back; empty for nothing.
std::string taken_back(std::string_view entry) {
  std::string out;
  for (std::size_t at = entry.find(':'); at < entry.size();) {
    const std::size_t end = std::min(entry.find(',', at + 1), entry.size());
    const std::string_view word = entry.substr(at + 1, end - at - 1);
    for (const Option& option : kOptions) {
      if (option.name != word) continue;
      out += (out.empty() ? "" : ", ") + std::string(option.what) + " (" + quoted(word) + ")";
    }
    at = end;
  }
  return out;
}

void on_service(const Service& service, const Project& project, RuleContext& context) {
  const Value* tmpfs = service.attribute("tmpfs");
  if (tmpfs == nullptr || is_template(service, project)) return;
  for (const Value& entry : tmpfs->items) {
    const std::string what = entry.known ? taken_back(entry.text) : std::string();
    if (what.empty()) continue;
    const std::string path = entry.text.substr(0, entry.text.find(':'));
    context.report(place_of(entry, service),
                   "in " + quoted(path) + " of " + quoted(service.name) + " " + what +
                       ", which Docker forbids by default",
                   {service.name, path});
    return;
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  app:\n"
              "    image: example/app:1.4\n"
              "    tmpfs:\n"
              "      - /tmp:exec,size=64m\n",
    .safe = "services:\n"
            "  app:\n"
            "    image: example/app:1.4\n"
            "    tmpfs:\n"
            "      - /tmp:size=64m\n",
    .is_compose = true,
}};

constexpr std::array<std::string_view, 1> kTags = {"OWASP-Docker-8"};

}  // namespace

COMPOSELINT_RULE(tmpfs_allows_exec) = {
    .slug = "tmpfs-allows-exec",
    .since = "0.1.0",
    .severity = {.ops = Severity::kNote, .dev = Severity::kNote, .ci = Severity::kOff},
    .preset = Preset::kStrict,
    .summary = "A temporary file system allows programs, setuid bits or devices",
    .rationale =
        "Docker mounts `tmpfs` with `noexec,nosuid,nodev`. With the three taken back, the one "
        "place of a read-only container that can be written is a place for programs. Software "
        "that unpacks libraries into `/tmp` (JNA, Snappy) needs `exec`; most has an option for "
        "another path.",
    .silent_on =
        "`noexec`, `size`, `mode`, `uid`. Services that are only there for others to be made "
        "from. Files for tests.",
    .examples = kExamples,
    .cwe = 693,
    .tags = kTags,
    .on_service = on_service,
};

}  // namespace composelint::rules

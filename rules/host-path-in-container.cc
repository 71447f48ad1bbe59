#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <cstddef>
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "analyzer/signs/reports/told_by_name.h"

namespace composelint::rules {
namespace {

// "app" of "services.app.environment.PATH" and of "services.app.environment[]"; empty for others.
std::string_view service_of(std::string_view place) {
  constexpr std::string_view kBegin = "services.";
  if (!place.starts_with(kBegin)) return {};
  place.remove_prefix(kBegin.size());
  for (const std::string_view end : {".environment.PATH", ".environment[]"}) {
    if (place.ends_with(end)) return place.substr(0, place.size() - end.size());
  }
  return {};
}

bool sets_path(const UnsetVariable& used) {
  std::string_view text = used.span.text();
  if (text.starts_with('"') || text.starts_with('\'')) text.remove_prefix(1);
  return used.place.ends_with(".environment.PATH") || text.starts_with("PATH=");
}

// `/opt/venv/bin:${PATH}`: what the application needs is found all the same.
bool has_directories_in_front(const UnsetVariable& used) {
  std::string_view text = used.span.text();
  text = text.substr(0, text.find('$'));
  const std::size_t begin = text.find('/');
  return begin != text.npos && (begin == 0 || text[begin - 1] != ':') && text.ends_with(':');
}

void on_workspace(const WorkspaceFacts& facts, RuleContext& context) {
  std::set<std::tuple<const SourceFile*, std::uint32_t>> told;
  for (const Project* project : facts.projects) {
    for (const UnsetVariable& used : project->unset) {
      const std::string service(service_of(used.place));
      if (used.name != "PATH" || service.empty() || !used.span || !sets_path(used)) continue;
      if (!told.emplace(used.span.file, used.span.begin).second) continue;
      const bool in_front = has_directories_in_front(used);
      Finding& finding = context.report(
          used.span,
          quoted("PATH") + " of " + quoted(service) +
              (in_front ? " ends with that of whoever calls Compose: what is not found in the "
                          "directories in front is looked for in others on each machine"
                        : " is made of that of whoever calls Compose: directories that its image "
                          "adds are gone, and what stands there is not found"),
          {service});
      if (in_front) finding.severity = Severity::kNote;
    }
  }
}

// Those of a file go with one anchor, or one way to write it.
void on_findings(const WorkspaceFacts&, std::span<Finding* const> findings) {
  std::vector<NamedFinding> all;
  for (Finding* finding : findings) {
    const std::string& name = finding->key.front();
    const std::string who = quoted("PATH") + " of " + quoted(name);
    all.push_back({finding, finding->message.substr(who.size()), name});
  }
  tell_by_name(all);
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  app:\n"
              "    image: example/app:1.4\n"
              "    environment:\n"
              "      PATH: $PATH:/app/bin\n",
    .safe = "services:\n"
            "  app:\n"
            "    image: example/app:1.4\n"
            "    environment:\n"
            "      PATH: /opt/venv/bin:/usr/local/bin:/usr/bin:/bin:/app/bin\n",
    .is_compose = true,
}};

}  // namespace

COMPOSELINT_RULE(host_path_in_container) = {
    .slug = "host-path-in-container",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kWarning, .ci = Severity::kNote},
    .summary = "A container gets the search path of the host",
    .rationale =
        "`$PATH` in a compose file is a variable of whoever calls Compose, not one of the image: "
        "`PATH=$PATH:/app/bin` puts the directories of the caller's shell into the container, "
        "others on each machine, and takes away those that the image set (`/opt/venv/bin`, "
        "`/usr/local/cargo/bin`). `$$PATH` is handed over as it stands and is not expanded by "
        "anybody. In a Dockerfile `ENV PATH=$PATH:/app/bin` adds to the path of the image.",
    .silent_on =
        "Paths that are written out, and `PATH` in commands (`sh -c 'PATH=$$PATH:… …'`). Where "
        "directories stand in front (`/opt/venv/bin:$PATH`), it is a note.",
    .examples = kExamples,
    .on_workspace = on_workspace,
    .on_findings = on_findings,
};

}  // namespace composelint::rules

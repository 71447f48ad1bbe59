#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <tuple>

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

void on_workspace(const WorkspaceFacts& facts, RuleContext& context) {
  std::set<std::tuple<const SourceFile*, std::uint32_t>> told;
  for (const Project* project : facts.projects) {
    for (const UnsetVariable& used : project->unset) {
      const std::string service(service_of(used.place));
      if (used.name != "PATH" || service.empty() || !used.span || !sets_path(used)) continue;
      if (!told.emplace(used.span.file, used.span.begin).second) continue;
      context.report(used.span,
                     quoted("PATH") + " of " + quoted(service) +
                         " is made of that of whoever calls Compose: directories that its image "
                         "adds are gone, and what stands there is not found",
                     {service});
    }
  }
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
    .silent_on = "Paths that are written out, and `PATH` in commands (`sh -c 'PATH=$$PATH:… …'`).",
    .examples = kExamples,
    .on_workspace = on_workspace,
};

}  // namespace composelint::rules

#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace composelint::rules {
namespace {

// "./data" of ./data:/srv/data; empty where the source is none, or not known.
std::string_view relative_source(const OptionUse& use) {
  if (use.name != "--volume" || !use.value || !use.value->known()) return {};
  const std::string_view text = use.value->text;
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return {};
  const std::string_view source = text.substr(0, colon);
  return source.starts_with("./") || source.starts_with("../") ? source : std::string_view();
}

// The files are named in another directory than the one that the script is in.
bool files_lie_elsewhere(const ComposeInvocation& call) {
  const OptionUse* use = call.global_option("--project-directory");
  if (use == nullptr) use = call.global_option("--file");
  if (use == nullptr || !use->value || !use->value->known()) return false;
  std::string_view path = use->value->text;
  if (path.starts_with("./")) path.remove_prefix(2);
  if (path.starts_with('/') || path == "-" || path.empty()) return false;
  return use->name == "--project-directory" ? path != "."
                                            : path.find('/') != std::string_view::npos;
}

// The compose file has the same words for a directory of its own.
const Mount* namesake(const Project& project, std::string_view source) {
  if (!source.starts_with("./")) return nullptr;
  std::string_view rest = source.substr(2);
  while (rest.ends_with('/')) rest.remove_suffix(1);
  if (rest.empty()) return nullptr;
  const std::string wanted = project.directory + "/" + std::string(rest);
  for (const Service& service : project.services) {
    for (const Mount& mount : service.mounts) {
      if (mount.known && mount.type == "bind" && mount.source == wanted) return &mount;
    }
  }
  return nullptr;
}

void on_invocation(const Step& step, const ComposeInvocation& call, RuleContext& context) {
  if (!call.is("run") || call.target.project == nullptr || step.place != Place::kHost) return;
  if (!files_lie_elsewhere(call)) return;
  for (const OptionUse& use : call.options) {
    const std::string_view source = relative_source(use);
    const Mount* mount = source.empty() ? nullptr : namesake(*call.target.project, source);
    if (mount == nullptr) continue;
    Finding& finding = context.report(
        use.value->place(),
        "`run -v` takes " + quoted(source) +
            " from the directory that the script is in, not from that of the compose file, where "
            "the project has it: another directory is mounted, an empty one where there is none",
        {"run", std::string(source)});
    finding.related.push_back({mount->span, "the project's own"});
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose --project-directory deploy -f compose.yaml run --rm -v "
              "./data:/import app ./bin/import /import\n",
    .safe = "docker compose --project-directory deploy -f compose.yaml run --rm -v "
            "./deploy/data:/import app ./bin/import /import\n",
    .compose = "services:\n  app:\n    image: example/app:1.4\n    volumes:\n      - "
               "./data:/srv/data\n",
}};

}  // namespace

COMPOSELINT_RULE(run_relative_mount) = {
    .slug = "run-relative-mount",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kWarning, .ci = Severity::kWarning},
    .summary = "run -v names a directory of the project, and mounts another one",
    .rationale =
        "A relative path in a compose file starts at the project directory. That of `run -v` "
        "starts where the script is at the moment (measured with Compose 2.40.3), and a source "
        "that is not there is made: an empty directory that belongs to root. With `-f "
        "deploy/compose.yaml` the same `./data` is two directories.",
    .silent_on =
        "Scripts that name no file in another directory. Paths that the compose file does not "
        "have as well: the one beside the script may be meant.",
    .examples = kExamples,
    .on_invocation = on_invocation,
};

}  // namespace composelint::rules

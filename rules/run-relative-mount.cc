#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/wording.h>

#include <string>
#include <string_view>

namespace composelint::rules {
namespace {

// The project directory, seen from where the command runs: "deploy" of the first
// `-f deploy/compose.yaml`, or what --project-directory says. Empty where it is that directory
// itself, or is not known.
std::string project_directory_beside(const ComposeInvocation& call) {
  const OptionUse* file = call.global_option("--file");
  const OptionUse* directory = call.global_option("--project-directory");
  const OptionUse* told = directory != nullptr ? directory : file;
  if (told == nullptr || call.opaque_global || !told->value || !told->value->known()) return {};
  std::string_view path = told->value->text;
  while (path.starts_with("./")) path.remove_prefix(2);
  if (path.starts_with('/')) return {};
  if (told == directory) return path == "." ? std::string() : std::string(path);
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string() : std::string(path.substr(0, slash));
}

// "data" of `-v ./data:/data`; empty for names, absolute paths, and what is not known.
std::string relative_source(const OptionUse& use) {
  if (use.name != "--volume" || !use.value || !use.value->known()) return {};
  std::string_view text = use.value->text;
  text = text.substr(0, text.find(':'));
  if (!text.starts_with("./")) return {};
  while (text.starts_with("./")) text.remove_prefix(2);
  while (text.ends_with('/')) text.remove_suffix(1);
  return std::string(text);
}

const Mount* mount_of(const Project& project, const std::string& source) {
  for (const Service& service : project.services) {
    for (const Mount& mount : service.mounts) {
      if (mount.known && mount.type == "bind" && mount.source == source) return &mount;
    }
  }
  return nullptr;
}

void on_invocation(const Step& /*step*/, const ComposeInvocation& call, RuleContext& context) {
  if (!call.is("run") || call.target.project == nullptr) return;
  const std::string directory = project_directory_beside(call);
  if (directory.empty()) return;
  for (const OptionUse& use : call.options) {
    const std::string source = relative_source(use);
    if (source.empty()) continue;
    const Project& project = *call.target.project;
    const Mount* mount = mount_of(project, project.directory + "/" + source);
    if (mount == nullptr) continue;
    Finding& finding =
        context.report(use.value->place(),
                       quoted("./" + source) +
                           " starts at the directory the command runs in, while the same path in " +
                           "the compose file starts at " + quoted(directory) +
                           ": the container gets another directory than the service has",
                       key_of(call));
    finding.related.push_back({mount->span, "the service's mount"});
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "docker compose --project-directory ops -f compose.yaml run --rm -v ./dumps:/in app "
              "./bin/load\n",
    .safe =
        "docker compose --project-directory ops -f compose.yaml run --rm -v ./ops/dumps:/in app "
        "./bin/load\n",
    .compose = "services:\n  app:\n    image: example/app:1.4\n    volumes:\n"
               "      - ./dumps:/dumps\n",
}};

}  // namespace

COMPOSELINT_RULE(run_relative_mount) = {
    .slug = "run-relative-mount",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kWarning, .ci = Severity::kWarning},
    .summary = "run -v takes a path of the compose file from another directory",
    .rationale =
        "A relative path behind `run -v` starts at the working directory of the command; one in "
        "the compose file starts at the project directory, which is that of the first `-f` "
        "(measured with Compose 2.40.3). Where the two differ, the same `./dumps` is two "
        "directories, and the one that is not there is made, empty and owned by root.",
    .silent_on =
        "Calls from the project directory. Paths that no service of the project mounts from its "
        "own directory: the caller may well mean the working directory.",
    .examples = kExamples,
    .on_invocation = on_invocation,
};

}  // namespace composelint::rules

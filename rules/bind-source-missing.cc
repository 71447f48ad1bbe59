#include <composelint/lower_case.h>
#include <composelint/path_name.h>
#include <composelint/quoted.h>
#include <composelint/rule.h>
#include <composelint/rule_context.h>
#include <composelint/value.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analyzer/signs/files/carried_file.h"
#include "analyzer/signs/files/missing_source.h"
#include "analyzer/signs/images/image_name.h"
#include "analyzer/signs/reports/attributes.h"
#include "analyzer/signs/reports/project_trouble.h"
#include "analyzer/signs/stacks/stack_deploy.h"
#include "analyzer/signs/words/mentions.h"

namespace composelint::rules {
namespace {

// Files of these kinds are written by people. Data, logs, sockets and directories may come to be as
// the stack runs.
bool is_written_by_people(std::string_view name) {
  static constexpr std::array kEndings = {
      "acl",  "cfg", "cnf", "conf", "config", "crt", "css",  "env",      "hcl",
      "html", "ini", "j2",  "js",   "json",   "key", "lua",  "mjs",      "pem",
      "php",  "pl",  "py",  "rb",   "rules",  "sh",  "sql",  "template", "tmpl",
      "toml", "tpl", "ts",  "txt",  "vcl",    "xml", "yaml", "yml",      "properties"};
  const std::size_t dot = name.rfind('.');
  return dot != std::string_view::npos && dot + 1 < name.size() &&
         std::find(kEndings.begin(), kEndings.end(), name.substr(dot + 1)) != kEndings.end();
}

// The key of a service account: no repository has it, and each machine its own.
bool is_a_credential(std::string_view name) {
  static constexpr std::array<std::string_view, 5> kParts = {
      "adminsdk", "credential", "service-account", "service_account", "serviceaccount"};
  const std::string text = lower_case(name);
  return text.ends_with(".json") &&
         std::any_of(kParts.begin(), kParts.end(),
                     [&](std::string_view part) { return text.find(part) != text.npos; });
}

struct Missing {
  const Service* service = nullptr;
  const Mount* mount = nullptr;
};

Missing mount_at(const Project& project, const Span& span) {
  for (const Service& service : project.services) {
    if (is_template(service, project)) continue;
    for (const Mount& mount : service.mounts) {
      const bool holds = mount.span.file == span.file && mount.span.begin <= span.begin &&
                         span.end <= mount.span.end;
      if (holds && mount.type == "bind") return {&service, &mount};
    }
  }
  return {};
}

bool makes_the_directory(const Service& service, const Mount& mount) {
  const Value* volumes = service.attribute("volumes");
  if (volumes == nullptr) return true;
  for (const Value& each : volumes->items) {
    if (each.span != mount.span || each.text_of("target") != mount.target) continue;
    const Value* bind = each.find("bind");
    return bind != nullptr && is_true(bind->find("create_host_path"));
  }
  return true;
}

// `./acme.sh:/acme.sh` of `neilpang/acme.sh`: what the image is called has a directory of its own.
bool is_named_as_the_image(const Service& service, const Mount& mount) {
  return service.image &&
         file_name(image_name(service.image->value).name) == file_name(mount.target);
}

struct Lost {
  Span span;
  std::string path;
  std::string message;
  std::vector<std::string> key;
};

void look_at(const WorkspaceFacts& facts, const Project& project, std::vector<Lost>& all) {
  for (const ProjectProblem& problem : project.problems) {
    if (trouble_of(problem) != Trouble::kMissingSource) continue;
    const Missing missing = mount_at(project, problem.span);
    if (missing.mount == nullptr) continue;
    const std::string name(file_name(missing.mount->source));
    if (!is_written_by_people(name) && !is_written_by_people(file_name(missing.mount->target))) {
      continue;
    }
    if (is_named_as_the_image(*missing.service, *missing.mount)) continue;
    if (is_a_credential(name)) continue;
    const std::string path = shown_source(problem);
    if (is_there_for_others(facts, project, problem.span) || speaks_of_file(facts, path)) continue;
    if (is_carried_away(facts, *problem.span.file)) continue;
    // Swarm makes none.
    const bool swarm = is_deployed_to_swarm(facts, *problem.span.file);
    const std::string what =
        !swarm && makes_the_directory(*missing.service, *missing.mount)
            ? ": Docker makes an empty directory of that name, and " +
                  quoted(missing.service->name) + " finds it in the place of the file " +
                  quoted(missing.mount->target)
            : ": " + quoted(missing.service->name) +
                  " is not started, as the \"bind source path does not exist\"";
    if (std::any_of(all.begin(), all.end(),
                    [&](const Lost& each) { return each.span == problem.span; })) {
      continue;
    }
    all.push_back({problem.span,
                   path,
                   quoted(path) + " is not there" + what,
                   {missing.service->name, missing.mount->target}});
  }
}

// One of a file tells of the others: mostly it is a directory that was moved.
void on_workspace(const WorkspaceFacts& facts, RuleContext& context) {
  std::vector<Lost> all;
  for (const Project* project : facts.projects) {
    if (is_in_use(facts, *project)) look_at(facts, *project, all);
  }
  std::sort(all.begin(), all.end(),
            [](const Lost& a, const Lost& b) { return a.span.begin < b.span.begin; });
  std::set<const SourceFile*> told;
  for (Lost& first : all) {
    if (!told.insert(first.span.file).second) continue;
    std::vector<Related> others;
    for (const Lost& other : all) {
      if (other.span.file != first.span.file || &other == &first) continue;
      others.push_back({other.span, quoted(other.path) + " is not there either"});
    }
    Finding& finding = context.report(
        first.span,
        first.message + (others.empty() ? ""
                                        : "; " + std::to_string(others.size()) +
                                              (others.size() == 1 ? " more file" : " more files") +
                                              " that it mounts " +
                                              (others.size() == 1 ? "is" : "are") + " missing"),
        std::move(first.key));
    finding.related = std::move(others);
  }
}

constexpr Example kExamples[] = {{
    .unsafe = "services:\n"
              "  web:\n"
              "    image: nginx:1.27\n"
              "    volumes: [\"./nginx.conf:/etc/nginx/nginx.conf:ro\"]\n",
    .safe = "services:\n"
            "  web:\n"
            "    image: nginx:1.27\n"
            "    volumes: [\"./web.conf:/etc/nginx/nginx.conf:ro\"]\n",
    .is_compose = true,
    .beside = "web.conf\nevents {}\n",
}};

}  // namespace

COMPOSELINT_RULE(bind_source_missing) = {
    .slug = "bind-source-missing",
    .since = "0.1.0",
    .severity = {.ops = Severity::kWarning, .dev = Severity::kWarning, .ci = Severity::kWarning},
    .summary = "A file that is mounted is not in the repository",
    .rationale =
        "`config` says nothing of it. At `up` the short form makes an empty directory that belongs "
        "to root where the file should be, exit code 0 (measured with 2.40.3), and the container "
        "finds a directory for its configuration. The long form is refused. Mostly the file was "
        "moved or renamed. Reported once a file.",
    .silent_on =
        "Directories, and files that are data: they may come to be. Files that git ignores, that "
        "`.dockerignore` "
        "names, that a template is there for, or that any script, Makefile or workflow of the "
        "repository speaks "
        "of. Files in directories that are not there either. Absolute paths. Keys of service "
        "accounts. Compose files that "
        "a task or a page carries to another directory, or that no call and no default search "
        "leads to.",
    .examples = kExamples,
    .on_workspace = on_workspace,
};

}  // namespace composelint::rules

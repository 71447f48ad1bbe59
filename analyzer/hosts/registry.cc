#include <algorithm>
#include <array>

#include "analyzer/hosts/host.h"
#include "analyzer/hosts/readers.h"

namespace composelint::hosts {
namespace {

// The first that matches wins: what any YAML file may be comes last.
constexpr auto kHosts = std::to_array<Host>({
    {HostKind::kGithubWorkflow, "GitHub workflow", match_github_workflow, nullptr,
     read_github_workflow},
    {HostKind::kGithubAction, "GitHub action", match_github_action, nullptr, read_github_action},
    {HostKind::kGitlabCi, "GitLab CI", match_gitlab_ci, is_gitlab_ci, read_gitlab_ci},
    {HostKind::kCircleCi, "CircleCI", match_circleci, nullptr, read_circleci},
    {HostKind::kWoodpecker, "Woodpecker", match_woodpecker, nullptr, read_woodpecker},
    {HostKind::kDrone, "Drone", match_drone, nullptr, read_drone},
    {HostKind::kBitbucket, "Bitbucket pipelines", match_bitbucket, nullptr, read_bitbucket},
    {HostKind::kAzure, "Azure pipelines", match_azure, is_azure, read_azure},
    {HostKind::kTravis, "Travis CI", match_travis, nullptr, read_travis},
    {HostKind::kMarkdown, "Markdown", match_markdown, nullptr, read_markdown_file},
    {HostKind::kSystemd, "systemd unit", match_systemd, nullptr, read_systemd},
    {HostKind::kProcfile, "Procfile", match_procfile, nullptr, read_procfile},
    {HostKind::kCrontab, "crontab", match_crontab, recognise_crontab, read_crontab},
    {HostKind::kDockerfile, "Dockerfile", match_dockerfile, nullptr, read_dockerfile},
    {HostKind::kPackageJson, "package.json", match_package_json, nullptr, read_package_json},
    {HostKind::kMise, "mise.toml", match_mise, nullptr, read_mise},
    {HostKind::kPreCommit, "pre-commit hook", match_pre_commit, nullptr, read_pre_commit},
    {HostKind::kComposeCommands, "compose file", match_compose_commands, nullptr,
     read_compose_commands},
    {HostKind::kMakefile, "Makefile", match_makefile, nullptr, read_makefile},
    {HostKind::kJustfile, "justfile", match_justfile, recognise_justfile, read_justfile},
    {HostKind::kTaskfile, "Taskfile", match_taskfile, recognise_taskfile, read_taskfile},
    {HostKind::kAnsible, "Ansible", match_ansible, recognise_ansible, read_ansible},
});

}  // namespace

const Host* find_host(std::string_view path, std::string_view head) {
  for (const Host& host : kHosts) {
    switch (host.match(path)) {
      case Match::kNo: break;
      case Match::kYes: return &host;
      case Match::kPerhaps:
        if (host.recognise != nullptr && !head.empty() && host.recognise(head)) return &host;
        break;
    }
  }
  return nullptr;
}

bool needs_head(std::string_view path) {
  for (const Host& host : kHosts) {
    const Match match = host.match(path);
    if (match != Match::kNo) return match == Match::kPerhaps;
  }
  return false;
}

const Host* host_of(HostKind kind) {
  const auto found = std::find_if(kHosts.begin(), kHosts.end(),
                                  [&](const Host& host) { return host.kind == kind; });
  return found == kHosts.end() ? nullptr : &*found;
}

std::string known_kinds() {
  std::string names;
  for (const Host& host : kHosts) {
    if (host.kind == HostKind::kComposeCommands) continue;
    if (!names.empty()) names += ", ";
    names += host.name;
  }
  return names;
}

void parse_into(Block& block, const shell::ScriptText& text, HostFile& host) {
  Result<Script> script = shell::parse_script(text);
  if (!script) {
    host.troubles.push_back({script.failure().span, script.failure().message});
    return;
  }
  block.script = std::move(*script);
  block.text = text;
  for (const Span& lost : block.script.unparsed) {
    host.troubles.push_back({lost, "this part could not be read as shell and is not checked"});
  }
}

}  // namespace composelint::hosts

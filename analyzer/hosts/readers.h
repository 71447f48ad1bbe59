// Each reader's functions, for the table in registry.cc. One small file a host.
#pragma once

#include <string_view>

#include "analyzer/hosts/host.h"

namespace composelint::hosts {

[[nodiscard]] Match match_github_workflow(std::string_view path);
[[nodiscard]] HostFile read_github_workflow(const ReadRequest& request);
[[nodiscard]] Match match_github_action(std::string_view path);
[[nodiscard]] HostFile read_github_action(const ReadRequest& request);
[[nodiscard]] Match match_gitlab_ci(std::string_view path);
[[nodiscard]] bool is_gitlab_ci(std::string_view head);
[[nodiscard]] HostFile read_gitlab_ci(const ReadRequest& request);
[[nodiscard]] Match match_circleci(std::string_view path);
[[nodiscard]] HostFile read_circleci(const ReadRequest& request);
[[nodiscard]] Match match_woodpecker(std::string_view path);
[[nodiscard]] HostFile read_woodpecker(const ReadRequest& request);
[[nodiscard]] Match match_drone(std::string_view path);
[[nodiscard]] HostFile read_drone(const ReadRequest& request);
[[nodiscard]] Match match_bitbucket(std::string_view path);
[[nodiscard]] HostFile read_bitbucket(const ReadRequest& request);
[[nodiscard]] Match match_azure(std::string_view path);
[[nodiscard]] bool is_azure(std::string_view head);
[[nodiscard]] HostFile read_azure(const ReadRequest& request);
[[nodiscard]] Match match_travis(std::string_view path);
[[nodiscard]] HostFile read_travis(const ReadRequest& request);
[[nodiscard]] Match match_crontab(std::string_view path);
[[nodiscard]] bool recognise_crontab(std::string_view head);
[[nodiscard]] HostFile read_crontab(const ReadRequest& request);
[[nodiscard]] Match match_markdown(std::string_view path);
[[nodiscard]] HostFile read_markdown_file(const ReadRequest& request);
[[nodiscard]] Match match_procfile(std::string_view path);
[[nodiscard]] HostFile read_procfile(const ReadRequest& request);
[[nodiscard]] Match match_systemd(std::string_view path);
[[nodiscard]] HostFile read_systemd(const ReadRequest& request);
[[nodiscard]] Match match_ansible(std::string_view path);
[[nodiscard]] bool recognise_ansible(std::string_view head);
[[nodiscard]] HostFile read_ansible(const ReadRequest& request);
[[nodiscard]] Match match_compose_commands(std::string_view path);
[[nodiscard]] HostFile read_compose_commands(const ReadRequest& request);
[[nodiscard]] Match match_dockerfile(std::string_view path);
[[nodiscard]] HostFile read_dockerfile(const ReadRequest& request);
[[nodiscard]] Match match_mise(std::string_view path);
[[nodiscard]] HostFile read_mise(const ReadRequest& request);
[[nodiscard]] Match match_package_json(std::string_view path);
[[nodiscard]] HostFile read_package_json(const ReadRequest& request);
[[nodiscard]] Match match_pre_commit(std::string_view path);
[[nodiscard]] HostFile read_pre_commit(const ReadRequest& request);
[[nodiscard]] Match match_makefile(std::string_view path);
[[nodiscard]] HostFile read_makefile(const ReadRequest& request);
[[nodiscard]] Match match_justfile(std::string_view path);
[[nodiscard]] bool recognise_justfile(std::string_view head);
[[nodiscard]] HostFile read_justfile(const ReadRequest& request);
[[nodiscard]] Match match_taskfile(std::string_view path);
[[nodiscard]] bool recognise_taskfile(std::string_view head);
[[nodiscard]] HostFile read_taskfile(const ReadRequest& request);

}  // namespace composelint::hosts

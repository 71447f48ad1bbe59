// Each reader's three functions, for the table in registry.cc. One small file a host.
#pragma once

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

}  // namespace composelint::hosts

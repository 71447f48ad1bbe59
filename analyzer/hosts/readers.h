// Each reader's functions, for the table in registry.cc. One small file a host.
#pragma once

#include <string_view>

#include "analyzer/hosts/host.h"

namespace composelint::hosts {

[[nodiscard]] Match match_crontab(std::string_view path);
[[nodiscard]] bool recognise_crontab(std::string_view head);
[[nodiscard]] HostFile read_crontab(const ReadRequest& request);

[[nodiscard]] Match match_markdown(std::string_view path);
[[nodiscard]] HostFile read_markdown_file(const ReadRequest& request);

[[nodiscard]] Match match_procfile(std::string_view path);
[[nodiscard]] HostFile read_procfile(const ReadRequest& request);

[[nodiscard]] Match match_systemd(std::string_view path);
[[nodiscard]] HostFile read_systemd(const ReadRequest& request);

}  // namespace composelint::hosts

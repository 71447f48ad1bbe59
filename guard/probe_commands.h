// The argument lists of all that is asked of docker and Compose. None of them changes anything.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "guard/command.h"

namespace composelint::guard {

using Argv = std::vector<std::string>;

[[nodiscard]] Argv ask_version(const GuardedCommand& command);
[[nodiscard]] Argv ask_context(const GuardedCommand& command);
[[nodiscard]] Argv ask_compose_version(const GuardedCommand& command);
[[nodiscard]] Argv ask_config(const GuardedCommand& command, bool all_profiles);
// All containers with the label, running or not.
[[nodiscard]] Argv ask_containers(const GuardedCommand& command, std::string_view label,
                                  std::string_view value);
// "ID FAILURES-IN-A-ROW "TIME" "TIME" …" of the last health checks; each container has to have one.
[[nodiscard]] Argv ask_health_checks(const GuardedCommand& command,
                                     const std::vector<std::string>& ids);
[[nodiscard]] Argv ask_image(const GuardedCommand& command, const std::string& image);
// "TIME NAME" of each volume that is there.
[[nodiscard]] Argv ask_volumes(const GuardedCommand& command,
                               const std::vector<std::string>& names);
// `since` as `logs --since` takes it.
[[nodiscard]] Argv ask_logs(const GuardedCommand& command, const std::string& since,
                            const std::vector<std::string>& services);
// What `run` would do to other containers. The task itself is left out of it.
[[nodiscard]] Argv ask_dry_run(const GuardedCommand& command);
// What `up` of the service, with what it depends on, would make anew.
[[nodiscard]] Argv ask_dry_up(const GuardedCommand& command);

// "2026-11-28T12:06:02.5Z" of nanoseconds since 1970.
[[nodiscard]] std::string rfc3339(std::int64_t time);

inline constexpr std::string_view kProjectLabel = "com.docker.compose.project";

}  // namespace composelint::guard

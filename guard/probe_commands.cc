#include "guard/probe_commands.h"

#include <fmt/format.h>

#include <array>
#include <ctime>

#include "guard/parse.h"

namespace composelint::guard {

namespace {

Argv with(const Argv& front, std::initializer_list<std::string_view> words) {
  Argv out = front;
  for (const std::string_view word : words) out.emplace_back(word);
  return out;
}

// The last of two options counts: the call's own `--progress quiet`, and COMPOSE_PROGRESS, would
// keep the plan to themselves.
Argv dry(const GuardedCommand& command, std::initializer_list<std::string_view> words) {
  Argv out = with(command.compose, {"--ansi", "never", "--progress", "plain", "--dry-run"});
  for (const std::string_view word : words) out.emplace_back(word);
  return out;
}

std::string service_name(const GuardedCommand& command) {
  const Argument* service = command.call().service();
  return service == nullptr ? std::string() : service->text;
}

}  // namespace

Argv ask_version(const GuardedCommand& command) {
  return with(command.docker, {"version", "--format", "json"});
}

Argv ask_context(const GuardedCommand& command) {
  return with(command.docker, {"context", "inspect", "--format", "{{json .}}"});
}

Argv ask_compose_version(const GuardedCommand& command) {
  return with(command.compose, {"version", "--short"});
}

Argv ask_config(const GuardedCommand& command, bool all_profiles) {
  if (all_profiles) {
    return with(command.compose, {"--profile", "*", "config", "--format", "json"});
  }
  return with(command.compose, {"config", "--format", "json"});
}

Argv ask_containers(const GuardedCommand& command, std::string_view label, std::string_view value) {
  const std::string filter = "label=" + std::string(label) + "=" + std::string(value);
  return with(command.docker,
              {"ps", "--all", "--no-trunc", "--filter", filter, "--format", container_format()});
}

Argv ask_health_checks(const GuardedCommand& command, const std::vector<std::string>& ids) {
  Argv out = with(command.docker, {"inspect", "--type", "container", "--format",
                                   "{{.Id}} {{.State.Health.FailingStreak}} "
                                   "{{range .State.Health.Log}}{{json .End}} {{end}}"});
  out.insert(out.end(), ids.begin(), ids.end());
  return out;
}

Argv ask_image(const GuardedCommand& command, const std::string& image) {
  return with(command.docker, {"image", "inspect", "--format", "{{.Id}}", "--", image});
}

Argv ask_volumes(const GuardedCommand& command, const std::vector<std::string>& names) {
  Argv out =
      with(command.docker, {"volume", "inspect", "--format", "{{.CreatedAt}} {{.Name}}", "--"});
  out.insert(out.end(), names.begin(), names.end());
  return out;
}

Argv ask_logs(const GuardedCommand& command, const std::string& since,
              const std::vector<std::string>& services) {
  Argv out = with(command.compose, {"logs", "--no-color", "--timestamps", "--since", since});
  out.insert(out.end(), services.begin(), services.end());
  return out;
}

Argv ask_dry_run(const GuardedCommand& command) {
  Argv out = dry(command, {"run", "--detach"});
  if (command.call().has("--remove-orphans")) out.emplace_back("--remove-orphans");
  if (command.call().has("--no-deps")) out.emplace_back("--no-deps");
  out.push_back(service_name(command));
  out.emplace_back("true");
  return out;
}

Argv ask_dry_up(const GuardedCommand& command) {
  // Without a start nothing is waited for, and without pulls no registry is asked.
  return dry(command, {"up", "--no-start", "--no-build", "--pull", "never", service_name(command)});
}

std::string rfc3339(std::int64_t time) {
  constexpr std::int64_t kSecond = 1'000'000'000;
  const std::int64_t second = time < 0 ? 0 : time / kSecond;
  const auto when = static_cast<std::time_t>(second);
  std::tm parts{};
  if (gmtime_r(&when, &parts) == nullptr) return "1970-01-01T00:00:00Z";
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:09}Z", parts.tm_year + 1900,
                     parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec,
                     time < 0 ? 0 : time % kSecond);
}

}  // namespace composelint::guard

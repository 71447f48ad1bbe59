// Whether a variable that no file in sight sets may get its value all the same.
#pragma once

#include <composelint/mentions.h>

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

namespace composelint {

// What a login session, a desktop or a runner brings along.
[[nodiscard]] inline bool comes_with_the_session(std::string_view name) {
  static constexpr std::array<std::string_view, 26> kNames = {
      "APPDATA", "COMPUTERNAME", "DISPLAY",     "EDITOR",          "EUID",      "GID",     "GROUPS",
      "HOME",    "HOST",         "HOSTNAME",    "HOSTTYPE",        "LANG",      "LOGNAME", "OLDPWD",
      "PATH",    "PWD",          "SHELL",       "SSH_AUTH_SOCK",   "TERM",      "TMPDIR",  "TZ",
      "UID",     "USER",         "USERPROFILE", "WAYLAND_DISPLAY", "XAUTHORITY"};
  static constexpr std::array<std::string_view, 9> kFamilies = {
      "BUILDKITE_", "CI_", "CIRCLE_", "COMPOSE_", "DOCKER_", "GITHUB_", "JENKINS_", "XDG_", "LC_"};
  const auto begins = [&](std::string_view family) { return name.starts_with(family); };
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end() ||
         std::any_of(kFamilies.begin(), kFamilies.end(), begins) || name == "CI" ||
         name.ends_with("_proxy") || name.ends_with("_PROXY");
}

[[nodiscard]] inline bool has_hidden_env_file(const Project& project) {
  if (project.own_env) return true;
  return std::any_of(project.services.begin(), project.services.end(), [](const Service& service) {
    return std::any_of(service.env_files.begin(), service.env_files.end(),
                       [](const EnvFile& file) { return !file.there; });
  });
}

// The same file is read in another way, under another env file say, and lacks less then.
// `lacking` gives the things of a project that say what it lacks.
template <typename Lacking>
[[nodiscard]] bool lacks_less_elsewhere(const Project& project, const WorkspaceFacts& facts,
                                        Lacking lacking) {
  return std::any_of(facts.projects.begin(), facts.projects.end(), [&](const Project* other) {
    return other != &project && !other->files.empty() && !project.files.empty() &&
           other->files.back() == project.files.back() &&
           lacking(*other).size() < lacking(project).size();
  });
}

// A call whose variables are not all known: the project it acts on may get its values there.
[[nodiscard]] inline bool some_call_is_open(const WorkspaceFacts& facts) {
  for (const TaskView& task : facts.tasks) {
    for (const Step& step : task.timeline->steps) {
      if (!step.call) continue;
      const ComposeInvocation& call = *step.call;
      const OptionUse* file = call.global_option("--env-file");
      const bool unread = std::any_of(call.target.missing.begin(), call.target.missing.end(),
                                      [](const MissingFile& missing) { return missing.env_file; });
      if (unread || (file != nullptr && (!file->value || !file->value->known()))) return true;
    }
  }
  return false;
}

[[nodiscard]] inline bool mentioned(const WorkspaceFacts& facts, const Project& project,
                                    std::string_view name) {
  for (const TaskView& task : facts.tasks) {
    if (task.timeline->assigns(name)) return true;
  }
  std::set<const SourceFile*> files = task_files(facts);
  for (const SourceFile* own : project.files) files.erase(own);
  return std::any_of(files.begin(), files.end(), [&](const SourceFile* file) {
    return find_name(file->bytes(), name) != std::string_view::npos;
  });
}

}  // namespace composelint

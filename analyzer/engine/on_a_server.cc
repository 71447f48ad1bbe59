#include "analyzer/engine/on_a_server.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "analyzer/text/path.h"

namespace composelint::engine {

namespace {

bool is_on_a_server(std::string_view path) {
  static constexpr std::array<std::string_view, 3> kServers = {"/opt/", "/srv/", "/var/backups/"};
  return !path.starts_with("/opt/homebrew/") &&
         std::any_of(kServers.begin(), kServers.end(), [&](std::string_view directory) {
           return path.starts_with(directory) || path == directory.substr(0, directory.size() - 1);
         });
}

}  // namespace

bool is_of_a_server(const Step& step) {
  static constexpr std::array<std::string_view, 7> kServers = {
      "certbot", "crontab", "logrotate", "rclone", "rsync", "scp", "systemctl"};
  if (step.argv.empty()) return false;
  const std::string_view program = text::name_of(step.argv[0].text);
  if (program == "git") return step.argv.size() > 1 && step.argv[1].is("pull");
  return std::find(kServers.begin(), kServers.end(), program) != kServers.end();
}

bool names_a_servers_directory(const Step& step) {
  if (step.place == Place::kContainer) return false;
  if (is_on_a_server(step.in.target.text) || is_on_a_server(step.out.target.text)) return true;
  if (step.directory && is_on_a_server(*step.directory)) return true;
  // The words behind `exec app` and `run app` are of a container.
  return step.launcher == Launcher::kNone && !step.call && !step.docker &&
         std::any_of(step.argv.begin(), step.argv.end(),
                     [](const Argument& word) { return is_on_a_server(word.text); });
}

}  // namespace composelint::engine

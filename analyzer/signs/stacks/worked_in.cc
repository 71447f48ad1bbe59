#include "analyzer/signs/stacks/worked_in.h"

#include <composelint/value.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "analyzer/signs/reports/attributes.h"

namespace composelint {

namespace {

bool is_of_an_editor(const Project& project) {
  return std::any_of(project.files.begin(), project.files.end(), [](const SourceFile* file) {
    return ("/" + file->path()).find("/.devcontainer/") != std::string::npos;
  });
}

bool only_waits(const Service& service) {
  static constexpr std::array<std::string_view, 4> kWaits = {
      "sleep infinity", "tail -f /dev/null", "/bin/sh -c while sleep 1000; do :; done",
      "bash -c sleep infinity"};
  std::string words;
  for (const std::string& word : service.command->value) {
    words += (words.empty() ? "" : " ") + word;
  }
  return std::find(kWaits.begin(), kWaits.end(), words) != kWaits.end();
}

// A shell at a terminal, or nothing: whatever is run in it is started by who sits there.
bool is_kept_open(const Service& service) {
  if (service.entrypoint) return false;
  if (service.command) return only_waits(service);
  return is_true(service.attribute("tty")) || is_true(service.attribute("stdin_open"));
}

bool has_the_project(const Service& service, const Project& project) {
  return std::any_of(service.mounts.begin(), service.mounts.end(), [&](const Mount& mount) {
    if (mount.type != "bind" || !mount.known || mount.read_only) return false;
    std::string source = mount.source;
    while (source.ends_with('/')) source.pop_back();
    return !source.empty() && (project.directory + "/").starts_with(source + "/");
  });
}

}  // namespace

bool is_worked_in(const Service& service, const Project& project) {
  if (is_of_an_editor(project)) return true;
  const bool stays = service.restart && service.restart->value != "no";
  return !stays && !service.publishes_ports && is_kept_open(service) &&
         has_the_project(service, project);
}

}  // namespace composelint

#include "analyzer/engine/among_stacks.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/text/path.h"

namespace composelint::engine {

namespace {

// What says how an application is put together.
bool is_a_manifest(std::string_view name) {
  static constexpr std::array<std::string_view, 15> kNames = {
      "CMakeLists.txt",   "Cargo.toml",    "Gemfile",        "artisan",          "build.gradle",
      "build.gradle.kts", "composer.json", "go.mod",         "manage.py",        "mix.exs",
      "package.json",     "pom.xml",       "pyproject.toml", "requirements.txt", "setup.py"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end() || name.ends_with(".sln") ||
         name.ends_with(".csproj");
}

std::vector<DirectoryEntry> entries_of(const std::string& directory, const FileSystem& files) {
  const auto listed = files.list(directory);
  return listed ? *listed : std::vector<DirectoryEntry>();
}

bool holds_a_manifest(const std::vector<DirectoryEntry>& entries) {
  return std::any_of(entries.begin(), entries.end(), [](const DirectoryEntry& entry) {
    return entry.kind == FileKind::kRegular && is_a_manifest(entry.name);
  });
}

bool builds_nothing(const Project& project) {
  return std::none_of(project.services.begin(), project.services.end(),
                      [](const Service& each) { return each.build.has_value(); });
}

// An application lies at the top, in a directory of it or above the stack.
bool is_beside_an_application(const std::string& path, Workspace& workspace) {
  const FileSystem& files = workspace.sources.files();
  const std::string root = workspace.root_of(path);
  for (std::string at = text::directory_of(path); at.size() > root.size();
       at = text::directory_of(at)) {
    if (holds_a_manifest(entries_of(at, files))) return true;
  }
  const std::vector<DirectoryEntry> top = entries_of(root, files);
  return holds_a_manifest(top) ||
         std::any_of(top.begin(), top.end(), [&](const DirectoryEntry& entry) {
           return entry.kind == FileKind::kDirectory &&
                  holds_a_manifest(entries_of(text::join_path(root, entry.name), files));
         });
}

// `caddy/`, `gitea/`, `vaultwarden/`, …: what is started there was made by others.
bool is_one_of_many(const std::string& path, Workspace& workspace) {
  constexpr std::size_t kMany = 6;
  constexpr std::size_t kMost = 4;          // all but a quarter
  std::map<std::string, bool> directories;  // whether nothing is built there
  for (const Project* each : workspace.binder(workspace.root_of(path)).projects()) {
    const auto known = directories.try_emplace(each->directory, true).first;
    known->second &= builds_nothing(*each);
  }
  const auto building = std::count_if(directories.begin(), directories.end(),
                                      [](const auto& each) { return !each.second; });
  return directories.size() >= kMany &&
         static_cast<std::size_t>(building) * kMost < directories.size();
}

}  // namespace

bool is_among_stacks(const Project& project, const std::string& path, Workspace& workspace) {
  return builds_nothing(project) &&
         (!is_beside_an_application(path, workspace) || is_one_of_many(path, workspace));
}

}  // namespace composelint::engine

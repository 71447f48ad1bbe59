// Compose files that are no stack by themselves: they are laid over others, or included.
#pragma once

#include <composelint/glued_files.h>
#include <composelint/mentions.h>
#include <composelint/rule.h>

#include <algorithm>
#include <string_view>

namespace composelint {

[[nodiscard]] inline bool reads(const Project& project, const SourceFile* file) {
  return std::find(project.files.begin(), project.files.end(), file) != project.files.end() ||
         std::any_of(project.written.begin(), project.written.end(),
                     [&](const WrittenFile& each) { return each.file == file; });
}

namespace detail {
// With its '/'; empty where paths begin.
[[nodiscard]] inline std::string_view directory_of(const SourceFile& file) {
  const std::string_view path = file.path();
  return path.substr(0, path.size() - file_name(path).size());
}

[[nodiscard]] inline bool has_default_name(const SourceFile& file) {
  const std::string_view name = file_name(file.path());
  return name.starts_with("compose.y") || name.starts_with("docker-compose.y");
}
}  // namespace detail

// Both lie in directories of their own, side by side: modules of one stack, it may be.
[[nodiscard]] inline bool is_on_one_shelf(const SourceFile& file, const SourceFile& other) {
  const auto shelf = [](std::string_view directory) {
    directory.remove_suffix(1);
    return directory.substr(0, directory.rfind('/') + 1);  // npos + 1 is 0
  };
  const std::string_view left = detail::directory_of(file);
  const std::string_view right = detail::directory_of(other);
  return !left.empty() && !right.empty() && left != right && shelf(left) == shelf(right);
}

// The default search or a call leads to it. Others may be parts that somebody names in a row.
[[nodiscard]] inline bool is_whole(const WorkspaceFacts& facts, const SourceFile* file) {
  return std::any_of(facts.projects.begin(), facts.projects.end(), [&](const Project* project) {
    return std::find(project->files.begin(), project->files.end(), file) != project->files.end() &&
           is_in_use(facts, *project);
  });
}

// Other compose files lie beside it.
[[nodiscard]] inline bool has_neighbours(const WorkspaceFacts& facts, const SourceFile& file) {
  return std::any_of(facts.projects.begin(), facts.projects.end(), [&](const Project* project) {
    return !project->files.empty() && project->files.front() != &file &&
           detail::directory_of(*project->files.front()) == detail::directory_of(file);
  });
}

// Read with others, by whoever names them in a row or by an editor.
[[nodiscard]] inline bool is_part(const WorkspaceFacts& facts, const SourceFile& file) {
  const std::string_view path = file.path();
  if (path.find(".devcontainer/") != path.npos || is_glued(facts, file)) return true;
  if (is_whole(facts, &file)) return false;
  return has_neighbours(facts, file) || file_name(path).find("override") != path.npos;
}

// A project to which the file may belong has what it lacks, as `has` says: it reads the file, lies
// in the same directory, above or below, or has a name that only a part or a call would give it.
template <typename Has>
[[nodiscard]] bool is_completed(const WorkspaceFacts& facts, const SourceFile& file, Has has) {
  const std::string_view own = detail::directory_of(file);
  return std::any_of(facts.projects.begin(), facts.projects.end(), [&](const Project* project) {
    if (project->files.empty() || !has(*project)) return false;
    const SourceFile& base = *project->files.front();
    const std::string_view other = detail::directory_of(base);
    return own.starts_with(other) || other.starts_with(own) || !detail::has_default_name(base) ||
           reads(*project, &file);
  });
}

}  // namespace composelint

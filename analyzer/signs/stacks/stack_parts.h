// Compose files that are no stack by themselves: they are laid over others, or included.
#pragma once

#include <composelint/compose.h>
#include <composelint/rule.h>
#include <composelint/source.h>

#include <algorithm>
#include <string_view>

namespace composelint {

[[nodiscard]] bool reads(const Project& project, const SourceFile* file);

// With its '/'; empty where paths begin.
[[nodiscard]] std::string_view directory_of(const SourceFile& file);

[[nodiscard]] bool has_default_name(const SourceFile& file);

// Both lie in directories of their own, side by side: modules of one stack, it may be.
[[nodiscard]] bool is_on_one_shelf(const SourceFile& file, const SourceFile& other);

// The default search or a call leads to it. Others may be parts that somebody names in a row.
[[nodiscard]] bool is_whole(const WorkspaceFacts& facts, const SourceFile* file);

// Read with others, by whoever names them in a row or by an editor.
[[nodiscard]] bool is_part(const WorkspaceFacts& facts, const SourceFile& file);

// "Included into the compose file of the server": what it lacks stands there.
[[nodiscard]] bool is_headed_as_a_part(const SourceFile& file);

// A project to which the file may belong has what it lacks, as `has` says: it reads the file, lies
// in the same directory, above or below, or has a name that only a part or a call would give it.
template <typename Has>
[[nodiscard]] bool is_completed(const WorkspaceFacts& facts, const SourceFile& file, Has has) {
  const std::string_view own = directory_of(file);
  return std::any_of(facts.projects.begin(), facts.projects.end(), [&](const Project* project) {
    if (project->files.empty() || !has(*project)) return false;
    const SourceFile& base = *project->files.front();
    const std::string_view other = directory_of(base);
    return own.starts_with(other) || other.starts_with(own) || !has_default_name(base) ||
           reads(*project, &file);
  });
}

}  // namespace composelint

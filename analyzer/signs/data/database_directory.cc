#include "analyzer/signs/data/database_directory.h"

#include <composelint/service_role.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "analyzer/signs/stacks/mounts.h"

namespace composelint {

std::string plain_path(std::string path) {
  for (const std::string_view end : {"/*", "/.", "/"}) {
    if (path.size() > end.size() && path.ends_with(end)) path.erase(path.size() - end.size());
  }
  if (path.starts_with("./") && path.size() > 2) path.erase(0, 2);
  return path;
}

namespace {

// `pg-*` of a shell: the part of a path between two slashes.
bool fits_pattern(std::string_view name, std::string_view pattern) {
  std::size_t at = 0;
  std::size_t of = 0;
  std::size_t star = std::string_view::npos;  // the last one, to be tried with one byte more
  std::size_t behind = 0;
  while (at < name.size()) {
    if (of < pattern.size() && pattern[of] == '*') {
      star = of++;
      behind = at;
    } else if (of < pattern.size() && (pattern[of] == '?' || pattern[of] == name[at])) {
      ++of;
      ++at;
    } else if (star != std::string_view::npos) {
      of = star + 1;
      at = ++behind;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', of) == std::string_view::npos;
}

// `/srv/pg-app/data` is, or lies below, what `/srv/pg-*` stands for.
bool lies_below_pattern(std::string_view path, std::string_view pattern) {
  if (pattern.find_first_of("*?") == std::string_view::npos) return false;
  while (true) {
    const std::size_t part = std::min(path.find('/'), path.size());
    const std::size_t of = std::min(pattern.find('/'), pattern.size());
    if (!fits_pattern(path.substr(0, part), pattern.substr(0, of))) return false;
    if (of == pattern.size()) return true;
    if (part == path.size()) return false;
    path.remove_prefix(part + 1);
    pattern.remove_prefix(of + 1);
  }
}

}  // namespace

bool holds_a_database(const Project& project, std::string_view path) {
  for (const Service& service : project.services) {
    if (role_of(service) != ServiceRole::kDatabase) continue;
    for (const Mount& mount : service.mounts) {
      if (mount.type != "bind" || mount.read_only || !mount.known) continue;
      std::string_view source = mount.source;
      if (!path.starts_with('/')) {
        if (!source.starts_with(project.directory + "/")) continue;
        source.remove_prefix(project.directory.size() + 1);
      }
      if (lies_below(source, path) || lies_below(path, source) ||
          lies_below_pattern(source, path)) {
        return true;
      }
    }
  }
  return false;
}

std::optional<std::string> path_of_directory(const Argument& word) {
  if (word.holes.empty()) return plain_path(word.text);
  const Hole& first = word.holes.front();
  const bool here = word.holes.size() == 1 && first.at == 0 && word.text.size() > 1 &&
                    word.text.starts_with('/') && (first.name == "PWD" || first.name == "$(pwd)");
  return here ? std::optional(plain_path(word.text.substr(1))) : std::nullopt;
}

bool holds_a_database(const Target& target, std::string_view path) {
  if (target.project != nullptr) return holds_a_database(*target.project, path);
  return !target.others.empty() &&
         std::all_of(target.others.begin(), target.others.end(),
                     [&](const Project* project) { return holds_a_database(*project, path); });
}

}  // namespace composelint

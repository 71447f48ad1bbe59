#include "analyzer/calls/missing_files.h"

#include <algorithm>
#include <span>
#include <string_view>
#include <utility>

#include "analyzer/compose/own_files.h"
#include "analyzer/text/path.h"

namespace composelint::calls {

namespace {

// The components of a path, without "." and "..".
std::vector<std::string_view> components(std::string_view path) {
  std::vector<std::string_view> out;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    const std::string_view part = path.substr(0, end);
    if (!part.empty() && part != "." && part != "..") out.push_back(part);
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return out;
}

bool is_among(std::span<const std::string_view> few, std::span<const std::string_view> many) {
  std::size_t next = 0;
  for (const std::string_view part : many) {
    if (next < few.size() && few[next] == part) ++next;
  }
  return next == few.size();
}

// The repository has the file in another place: `compose/stack.yml`, now in `compose/services/`.
class Moved {
 public:
  Moved(const FileSystem& files, std::string_view path)
      : files_(files), wanted_(components(path)) {}

  // Below the directory or one above it, as far as the repository goes.
  bool lies_near(std::string directory, const std::string& root) {
    constexpr int kHighest = 4;
    for (int up = 0; up < kHighest && wanted_.size() > 1; ++up) {
      if (look(directory, {}, 0)) return true;
      if (directory == root || !directory.starts_with(root)) return false;
      directory = text::directory_of(directory);
    }
    return false;
  }

 private:
  static constexpr std::size_t kDeepest = 4;
  static constexpr std::size_t kMost = 400;  // directories

  bool look(const std::string& directory, const std::vector<std::string_view>& above,
            std::size_t depth) {
    if (++seen_ > kMost) return false;
    const Result<std::vector<DirectoryEntry>> entries = files_.list(directory);
    if (!entries) return false;
    const std::span<const std::string_view> folders(wanted_.data(), wanted_.size() - 1);
    for (const DirectoryEntry& entry : *entries) {
      if (entry.kind == FileKind::kRegular) {
        const bool alike = is_among(folders, above) || (!above.empty() && is_among(above, folders));
        if (entry.name == wanted_.back() && alike) return true;
        continue;
      }
      const bool skipped = entry.name.starts_with('.') || entry.name == "node_modules" ||
                           entry.name == "vendor" || entry.kind != FileKind::kDirectory;
      if (skipped || depth == kDeepest) continue;
      std::vector<std::string_view> here = above;
      here.push_back(entry.name);
      if (look(text::join_path(directory, entry.name), here, depth + 1)) return true;
    }
    return false;
  }

  const FileSystem& files_;
  std::vector<std::string_view> wanted_;
  std::size_t seen_ = 0;
};

// From a directory above it is there: whoever starts this may do so there.
bool is_there_from_above(const FileSystem& files, std::string directory, const std::string& path,
                         const std::string& root) {
  while (directory != root && directory.size() > root.size() && directory.starts_with(root)) {
    directory = text::directory_of(directory);
    if (files.kind(text::join_path(directory, path)) == FileKind::kRegular) return true;
  }
  return false;
}

// Something else makes the file, or all of its directory.
bool is_made_elsewhere(const FileSystem& files, const std::vector<std::string>& directories,
                       const std::string& path, const std::string& root) {
  const auto holder_is_there = [&](const std::string& directory) {
    const std::string holder = text::directory_of(text::join_path(directory, path));
    return files.kind(holder) == FileKind::kDirectory;
  };
  const bool holder = std::any_of(directories.begin(), directories.end(), holder_is_there);
  const bool moved = std::any_of(
      directories.begin(), directories.end(),
      [&](const std::string& directory) { return Moved(files, path).lies_near(directory, root); });
  if (!holder && !moved) return true;
  if (!holder && is_there_from_above(files, directories.front(), path, root)) return true;
  return std::any_of(directories.begin(), directories.end(), [&](const std::string& directory) {
    const std::string full = text::join_path(directory, path);
    return holder_is_there(directory) ? compose::is_each_machines_own(files, full)
                                      : compose::git_ignores(files, full);
  });
}

}  // namespace

std::vector<MissingFile> missing_files(const FileSystem& files, const ComposeInvocation& call,
                                       const std::vector<std::string>& directories,
                                       const std::string& root) {
  std::vector<MissingFile> out;
  if (std::none_of(directories.begin(), directories.end(), [&](const std::string& directory) {
        return root != "/" && (directory == root || directory.starts_with(root + "/"));
      })) {
    return out;
  }
  for (const OptionUse& use : call.global_options) {
    const bool env_file = use.name == "--env-file";
    if ((!env_file && use.name != "--file") || !use.value || !use.value->known()) continue;
    const std::string& path = use.value->text;
    const bool there =
        path.empty() || path == "-" ||
        std::any_of(directories.begin(), directories.end(), [&](const std::string& directory) {
          return files.kind(text::join_path(directory, path)) != FileKind::kNone;
        });
    if (there) continue;
    const bool own =
        std::any_of(directories.begin(), directories.end(), [&](const std::string& directory) {
          return compose::is_each_machines_own(files, text::join_path(directory, path));
        });
    const bool expected = own && (env_file || is_made_elsewhere(files, directories, path, root));
    out.push_back({*use.value, env_file, expected});
  }
  return out;
}

}  // namespace composelint::calls

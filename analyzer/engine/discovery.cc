#include "analyzer/engine/discovery.h"

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>
#include <utility>

#include "analyzer/engine/bare_script.h"
#include "analyzer/engine/template_names.h"
#include "analyzer/hosts/host.h"
#include "analyzer/shell/parser.h"
#include "analyzer/text/ignore.h"
#include "analyzer/text/path.h"

namespace composelint::engine {

namespace {

using Level = std::shared_ptr<const text::IgnoreLevel>;

// Nothing of the user's own is in these, whether or not a .gitignore says so.
constexpr std::array<std::string_view, 8> kSkippedDirectories = {
    ".git", ".hg", ".svn", ".jj", ".venv", "bower_components", "node_modules", "vendor"};

bool has_entry(const std::vector<DirectoryEntry>& entries, std::string_view name, FileKind kind) {
  const auto found = std::lower_bound(
      entries.begin(), entries.end(), name,
      [](const DirectoryEntry& entry, std::string_view wanted) { return entry.name < wanted; });
  return found != entries.end() && found->name == name &&
         (kind == FileKind::kNone || found->kind == kind);
}

class Walk {
 public:
  explicit Walk(const text::SourceStore& store) : store_(store), files_(store.files()) {}

  void start(const std::string& written) {
    const std::string path = text::join_path(store_.base(), written);
    switch (files_.kind(path)) {
      case FileKind::kDirectory: return walk(path, levels_above(path));
      case FileKind::kRegular: return take_named(path);
      case FileKind::kNone: return skip(Severity::kError, written, "no such file or directory");
      case FileKind::kOther:
        return skip(Severity::kError, written, "neither a file nor a directory");
    }
  }

  Discovery finish() {
    auto& files = found_.files;
    std::sort(files.begin(), files.end(),
              [](const auto& a, const auto& b) { return a.path < b.path; });
    files.erase(std::unique(files.begin(), files.end(),
                            [](const auto& a, const auto& b) { return a.path == b.path; }),
                files.end());
    return std::move(found_);
  }

 private:
  void trouble(Severity severity, std::string path, std::string message) {
    found_.notifications.push_back({severity, std::move(path), {}, std::move(message)});
  }

  void skip(Severity severity, const std::string& path, const std::string& why) {
    found_.skipped.push_back({path, why});
    trouble(severity, path, why);
  }

  [[nodiscard]] text::IgnorePatterns read_patterns(const std::string& path) {
    Result<std::string> lines = files_.read(path);
    if (lines) return text::IgnorePatterns::parse(*lines);
    trouble(Severity::kWarning, store_.shown(path), lines.failure().message);
    return {};
  }

  // The level of a directory with these entries; `above` itself where it adds nothing.
  Level level_of(const std::string& directory, const std::vector<DirectoryEntry>& entries,
                 Level above) {
    auto level = std::make_shared<text::IgnoreLevel>();
    level->repository = has_entry(entries, ".git", FileKind::kNone);
    if (has_entry(entries, ".ignore", FileKind::kRegular)) {
      level->ignore = read_patterns(directory + "/.ignore");
    }
    if (has_entry(entries, ".gitignore", FileKind::kRegular)) {
      level->git = read_patterns(directory + "/.gitignore");
    }
    const std::string exclude = directory + "/.git/info/exclude";
    if (level->repository && files_.kind(exclude) == FileKind::kRegular) {
      level->exclude = read_patterns(exclude);
    }
    if (!level->repository && level->ignore.empty() && level->git.empty()) return above;
    level->above = std::move(above);
    level->directory = directory;
    return level;
  }

  // Ignore files between the repository's root and `directory` bind inside of it as well. Outside
  // of a repository nothing above the directory does.
  Level levels_above(const std::string& directory) {
    std::vector<std::string> parents;  // innermost first
    std::string at = directory;
    while (files_.kind(at + "/.git") == FileKind::kNone) {
      if (at == "/") return nullptr;
      at = text::directory_of(at);
      parents.push_back(at);
    }
    Level level;
    for (auto parent = parents.rbegin(); parent != parents.rend(); ++parent) {
      if (auto entries = files_.list(*parent)) level = level_of(*parent, *entries, level);
    }
    return level;
  }

  void walk(const std::string& top, Level above) {
    std::vector<std::pair<std::string, Level>> open = {{top, std::move(above)}};
    while (!open.empty()) {
      auto [directory, level] = std::move(open.back());
      open.pop_back();
      auto entries = files_.list(directory);
      if (!entries) {
        trouble(Severity::kError, store_.shown(directory), entries.failure().message);
        continue;
      }
      level = level_of(directory, *entries, std::move(level));
      for (const DirectoryEntry& entry : *entries) {
        const std::string path = (directory == "/" ? "" : directory) + "/" + entry.name;
        if (entry.kind == FileKind::kDirectory) {
          if (enters(entry.name) && !text::ignored(level.get(), path, true))
            open.push_back({path, level});
        } else if (entry.kind == FileKind::kRegular) {
          take_found(path, entry.executable, level.get());
        }
      }
    }
  }

  static bool enters(std::string_view name) {
    return std::find(kSkippedDirectories.begin(), kSkippedDirectories.end(), name) ==
           kSkippedDirectories.end();
  }

  // The role of a file, after as small a look into it as will do. kOther also when it cannot be
  // read, which is told.
  FileRole role_of(const std::string& path, Look look, bool executable) {
    if (look == Look::kName) return classify(path, {});
    auto head = files_.read_head(path, look == Look::kHead ? kHeadBytes : kShebangBytes);
    if (head) {
      const FileRole role = classify(path, *head);
      const bool bare = role == FileRole::kOther && executable && interpreter(*head).empty() &&
                        may_be_bare_script(path);
      if (!bare) return role;
      if (look != Look::kHead) head = files_.read_head(path, kHeadBytes);
      if (head) return is_bare_script(*head) && is_all_shell(path) ? FileRole::kShell : role;
    }
    trouble(Severity::kError, store_.shown(path), head.failure().message);
    return FileRole::kOther;
  }

  // Prose may have lines that call compose, too.
  bool is_all_shell(const std::string& path) {
    auto bytes = files_.read(path);
    if (!bytes) return false;
    const SourceFile source(path, std::move(*bytes));
    const auto script = shell::parse_script(shell::whole_file(source));
    return script && script->unparsed.empty();
  }

  void take_found(const std::string& path, bool executable, const text::IgnoreLevel* level) {
    if (is_template_name(path) && !text::ignored(level, path, false)) {
      found_.templates.push_back(path);
    }
    const Look look = look_for(path, executable);
    if (look == Look::kName && classify(path, {}) == FileRole::kOther) return;
    if (text::ignored(level, path, false)) return;
    const FileRole role = role_of(path, look, executable);
    if (role != FileRole::kOther) found_.files.push_back({path, role});
  }

  void take_named(const std::string& path) {
    const std::size_t troubles = found_.notifications.size();
    const FileRole role = role_of(path, look_for(path, true), true);
    if (role != FileRole::kOther) {
      found_.files.push_back({path, role});
    } else if (found_.notifications.size() == troubles) {
      skip(Severity::kNote, store_.shown(path),
           "neither a compose file nor a file with shell in it that is known (scripts, " +
               hosts::known_kinds() + "); not checked");
    } else {
      found_.skipped.push_back({store_.shown(path), found_.notifications.back().message});
    }
  }

  const text::SourceStore& store_;
  const FileSystem& files_;
  Discovery found_;
};

}  // namespace

Discovery discover(std::span<const std::string> paths, const text::SourceStore& store) {
  Walk walk(store);
  for (const std::string& path : paths) walk.start(path);
  return walk.finish();
}

}  // namespace composelint::engine

#include "analyzer/compose/own_files.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

#include "analyzer/text/ignore.h"
#include "analyzer/text/path.h"

namespace composelint::compose {

namespace {

constexpr std::array<std::string_view, 9> kTemplate = {
    "example", "sample", "dist", "template", "tmpl", "tpl", "default", "skel", "j2"};

// "env" of ".env", "app.env" of "app.env.example", without the marks of a template.
std::string bare_name(std::string_view name) {
  std::string out;
  while (!name.empty()) {
    const std::size_t end = std::min(name.find_first_of(".-_"), name.size());
    const std::string_view part = name.substr(0, end);
    const bool mark = std::any_of(kTemplate.begin(), kTemplate.end(),
                                  [&](std::string_view word) { return part.starts_with(word); });
    if (!part.empty() && !mark) ((out += out.empty() ? "" : ".") += part);
    name.remove_prefix(std::min(end + 1, name.size()));
  }
  return out;
}

bool is_template(std::string_view name) {
  return std::any_of(kTemplate.begin(), kTemplate.end(), [&](std::string_view word) {
    return name.find(word) != std::string_view::npos;
  });
}

bool has_template(const FileSystem& files, const std::string& path) {
  const Result<std::vector<DirectoryEntry>> entries = files.list(text::directory_of(path));
  if (!entries) return false;
  const std::string wanted = bare_name(text::name_of(path));
  return std::any_of(entries->begin(), entries->end(), [&](const DirectoryEntry& entry) {
    return is_template(entry.name) && bare_name(entry.name) == wanted;
  });
}

bool git_ignores(const FileSystem& files, const std::string& path) {
  for (std::string at = text::directory_of(path);; at = text::directory_of(at)) {
    const std::string list = text::join_path(at, ".gitignore");
    if (files.kind(list) == FileKind::kRegular) {
      const Result<std::string> lines = files.read(list);
      if (lines) {
        const text::IgnorePatterns patterns = text::IgnorePatterns::parse(*lines);
        // A directory above that is ignored takes the file along.
        for (std::string part = path; part.size() > at.size(); part = text::directory_of(part)) {
          const std::string inside = text::relative_path(at, part);
          if (const auto verdict = patterns.match(inside, part != path)) return *verdict;
        }
      }
    }
    if (at == "/" || files.kind(text::join_path(at, ".git")) != FileKind::kNone) return false;
  }
}

bool is_name(char c) {
  return c == '_' || std::isalnum(static_cast<unsigned char>(c)) != 0;
}

// `NAME=`, `export NAME=`, `# NAME=`: a line that is commented out tells that there is such one.
std::string_view name_in(std::string_view line) {
  line.remove_prefix(std::min(line.find_first_not_of("# \t"), line.size()));
  if (line.starts_with("export ")) line.remove_prefix(7);
  std::size_t end = 0;
  while (end < line.size() && is_name(line[end])) ++end;
  const std::size_t equals = line.find_first_not_of(' ', end);
  const bool sets = equals != std::string_view::npos && (line[equals] == '=' || line[equals] == ':');
  return sets ? line.substr(0, end) : std::string_view();
}

}  // namespace

bool is_each_machines_own(const FileSystem& files, const std::string& path) {
  return has_template(files, path) || git_ignores(files, path);
}

std::vector<std::string> variables_set_in(const FileSystem& files, const std::string& directory) {
  std::vector<std::string> names;
  const Result<std::vector<DirectoryEntry>> entries = files.list(directory);
  if (!entries) return names;
  constexpr std::size_t kMost = 256 * 1024;
  for (const DirectoryEntry& entry : *entries) {
    if (entry.kind != FileKind::kRegular || entry.name.find("env") == std::string::npos) continue;
    const Result<std::string> text = files.read_head(text::join_path(directory, entry.name), kMost);
    if (!text) continue;
    for (std::size_t at = 0; at < text->size();) {
      const std::size_t end = std::min(text->find('\n', at), text->size());
      const std::string_view name = name_in(std::string_view(*text).substr(at, end - at));
      if (!name.empty()) names.emplace_back(name);
      at = end + 1;
    }
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

}  // namespace composelint::compose

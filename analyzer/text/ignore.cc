#include "analyzer/text/ignore.h"

#include <utility>

#include "analyzer/text/path.h"

namespace composelint::text {

namespace {

std::string_view trim_line(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  // Trailing blanks go unless a backslash holds them.
  while (line.ends_with(' ') && !line.ends_with("\\ ")) line.remove_suffix(1);
  return line;
}

bool has_wildcard(std::string_view text) {
  return text.find_first_of("*?[\\") != std::string_view::npos;
}

// `path` as seen from `directory`, which it lies below.
std::string_view relative_to(std::string_view directory, std::string_view path) {
  if (directory == "/") return path.substr(1);
  return path.substr(directory.size() + 1);
}

}  // namespace

std::optional<IgnorePatterns::Pattern> IgnorePatterns::parse_line(std::string_view line) {
  line = trim_line(line);
  if (line.empty() || line.front() == '#') return std::nullopt;
  Pattern pattern;
  if (line.front() == '!') {
    pattern.keep = true;
    line.remove_prefix(1);
  }
  if (line.ends_with('/')) {
    pattern.directories_only = true;
    line.remove_suffix(1);
  }
  pattern.anchored = line.find('/') != std::string_view::npos;
  if (line.starts_with('/')) line.remove_prefix(1);
  if (line.empty()) return std::nullopt;
  if (!has_wildcard(line)) {
    pattern.shape = Shape::kName;
  } else if (!pattern.anchored && line.front() == '*' && !has_wildcard(line.substr(1))) {
    pattern.shape = Shape::kSuffix;
    line.remove_prefix(1);
  }
  pattern.text = line;
  return pattern;
}

IgnorePatterns IgnorePatterns::parse(std::string_view text) {
  IgnorePatterns result;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    if (auto pattern = parse_line(text.substr(0, end))) {
      result.patterns_.push_back(std::move(*pattern));
    }
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return result;
}

bool IgnorePatterns::matches(const Pattern& pattern, std::string_view path, std::string_view name) {
  const std::string_view subject = pattern.anchored ? path : name;
  switch (pattern.shape) {
    case Shape::kName: return subject == pattern.text;
    case Shape::kSuffix: return subject.ends_with(pattern.text);
    case Shape::kGlob: return glob_matches(pattern.text, subject);
  }
  return false;
}

std::optional<bool> IgnorePatterns::match(std::string_view path, bool directory) const {
  const std::string_view name = name_of(path);
  for (auto pattern = patterns_.rbegin(); pattern != patterns_.rend(); ++pattern) {
    if (pattern->directories_only && !directory) continue;
    if (matches(*pattern, path, name)) return !pattern->keep;
  }
  return std::nullopt;
}

bool ignored(const IgnoreLevel* level, std::string_view path, bool directory) {
  for (const IgnoreLevel* at = level; at != nullptr; at = at->above.get()) {
    if (auto verdict = at->ignore.match(relative_to(at->directory, path), directory)) {
      return *verdict;
    }
  }
  for (const IgnoreLevel* at = level; at != nullptr; at = at->above.get()) {
    const std::string_view relative = relative_to(at->directory, path);
    if (auto verdict = at->git.match(relative, directory)) return *verdict;
    if (!at->repository) continue;
    return at->exclude.match(relative, directory).value_or(false);
  }
  return false;
}

}  // namespace composelint::text

#include "guard/script_path.h"

#include "analyzer/text/path.h"
#include "guard/lines.h"
#include "guard/real_program.h"

namespace composelint::guard {

namespace {

bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// The value that stands at `at`: to the end of the word, its quotes taken off.
std::string value_at(std::string_view line, std::size_t at) {
  std::string value;
  char quote = 0;
  int inside = 0;  // $(…): a script of its own
  for (; at < line.size(); ++at) {
    const char c = line[at];
    if (line.substr(at, 2) == "$(") ++inside;
    if (inside > 0) {
      if (c == ')') --inside;
      if (c != '"' && c != '\'') value += c;
      continue;
    }
    if (quote == 0 && std::string_view(" \t;&|)").find(c) != std::string_view::npos) break;
    if (quote == 0 && (c == '"' || c == '\'')) {
      quote = c;
    } else if (c == quote) {
      quote = 0;
    } else {
      value += c;
    }
  }
  return value;
}

// "/usr/bin" of `$(dirname /usr/bin/docker)`, also in backquotes; else `directory` as it is.
std::string computed(std::string_view directory) {
  for (const std::string_view front : {"$(dirname ", "`dirname "}) {
    if (!directory.starts_with(front)) continue;
    std::string_view path = directory.substr(front.size());
    const std::size_t end = path.find_first_of(")`");
    if (end + 1 != path.size()) continue;
    path = trimmed(path.substr(0, end));
    if (path.starts_with('/') && path.find_first_of("$ ") == std::string_view::npos) {
      return text::directory_of(path);
    }
  }
  return std::string(directory);
}

// HOME put in; empty where something else that is not known stands in it.
std::string known_directory(std::string_view directory, const std::string& home) {
  std::string known = computed(directory);
  for (const std::string_view name : {"${HOME}", "$HOME", "~"}) {
    if (known.starts_with(name)) known.replace(0, name.size(), home);
  }
  return known.find_first_of("$`") == std::string::npos ? known : std::string();
}

std::string trouble_of(const std::string& value, const std::string& home,
                       const std::function<bool(const std::string&)>& has_docker) {
  bool kept = false;
  std::string first;
  each_directory(value.c_str(), [&](std::string_view directory) {
    kept = directory == "$PATH" || directory == "${PATH}" || directory.starts_with("${PATH:");
    if (kept) return true;
    const std::string known = known_directory(directory, home);
    if (first.empty() && !known.empty() && has_docker(known)) first = known;
    return false;
  });
  if (!kept) return "PATH is set without $PATH";
  return first.empty() ? "" : "docker is found in " + first + " before $PATH";
}

}  // namespace

std::vector<PathChange> path_changes(std::string_view script, const std::string& home,
                                     const std::function<bool(const std::string&)>& has_docker) {
  constexpr std::string_view kSet = "PATH=";
  std::vector<PathChange> changes;
  std::size_t number = 0;
  while (!script.empty()) {
    const std::string_view line = take_line(script);
    ++number;
    if (trimmed(line).starts_with('#')) continue;
    for (std::size_t at = line.find(kSet); at != std::string_view::npos;
         at = line.find(kSet, at + 1)) {
      if (at > 0 && (is_name(line[at - 1]) || line[at - 1] == '$' || line[at - 1] == '{')) continue;
      std::string why = trouble_of(value_at(line, at + kSet.size()), home, has_docker);
      if (!why.empty()) changes.push_back({number, std::move(why)});
    }
  }
  return changes;
}

}  // namespace composelint::guard

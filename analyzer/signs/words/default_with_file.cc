#include "analyzer/signs/words/default_with_file.h"

#include <composelint/source.h>

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace composelint {

namespace {

bool uses(std::string_view line, std::string_view name) {
  for (const std::string& use : {"$" + std::string(name), "${" + std::string(name)}) {
    for (std::size_t at = line.find(use); at != line.npos; at = line.find(use, at + 1)) {
      const char next = at + use.size() < line.size() ? line[at + use.size()] : ' ';
      if (next != '_' && std::isalnum(static_cast<unsigned char>(next)) == 0) return true;
    }
  }
  return false;
}

// "stage" of `local stage="${1:-`; empty where the text ends otherwise.
std::string_view set_to_default(std::string_view before) {
  if (!before.ends_with(":-")) return {};
  before.remove_suffix(2);
  const std::size_t digits = before.find_last_not_of("0123456789");
  if (digits == before.npos || digits + 1 == before.size()) return {};
  before = before.substr(0, digits + 1);
  if (!before.ends_with("${")) return {};
  before.remove_suffix(2);
  if (before.ends_with('"')) before.remove_suffix(1);
  if (!before.ends_with('=')) return {};
  before.remove_suffix(1);
  return before.substr(before.find_last_of(" \t\n;") + 1);  // npos + 1 is 0
}

// "env_file" of `env_file=".env.$stage"`.
std::string_view set_by(std::string_view line) {
  const std::size_t equals = line.find('=');
  if (equals == line.npos) return {};
  const std::string_view name = line.substr(0, equals);
  return name.substr(name.find_last_of(" \t") + 1);
}

// `[ -f "$x" ]`, `test ! -f "$x"`: a look at a file, not an option of a program.
bool looks_for_file(std::string_view line) {
  for (std::size_t at = line.find(" -f "); at != line.npos; at = line.find(" -f ", at + 1)) {
    std::string_view before = line.substr(0, at);
    if (before.ends_with(" !")) before.remove_suffix(2);
    if (before.ends_with('[') || before.ends_with("test")) return true;
  }
  return false;
}

bool is_wanted_for(const SourceFile& file, std::string_view variable) {
  std::vector<std::string_view> names = {variable};
  for (std::uint32_t line = 1; line <= file.line_count(); ++line) {
    const std::string_view text = file.line_text(line);
    const bool about = std::any_of(names.begin(), names.end(),
                                   [&](std::string_view name) { return uses(text, name); });
    if (!about) continue;
    if (!looks_for_file(text)) {
      if (const std::string_view name = set_by(text); !name.empty()) names.push_back(name);
      continue;
    }
    // What ends the script stands on the line, or below what the line opens.
    const bool opens = text.find("if ") != text.npos || text.ends_with('{') ||
                       text.ends_with("||") || text.ends_with('\\');
    const std::uint32_t last = opens ? std::min(line + 2, file.line_count()) : line;
    for (std::uint32_t next = line; next <= last; ++next) {
      if (file.line_text(next).find("exit") != text.npos) return true;
    }
  }
  return false;
}

}  // namespace

bool is_default_with_file(const Argument& word) {
  return std::any_of(word.runs.begin(), word.runs.end(), [](const WrittenRun& run) {
    if (run.span.file == nullptr) return false;
    const std::string_view name = set_to_default(run.span.file->bytes().substr(0, run.span.begin));
    return !name.empty() && is_wanted_for(*run.span.file, name);
  });
}

}  // namespace composelint

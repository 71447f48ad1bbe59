#include "analyzer/signs/files/optional_file.h"

#include <composelint/path_name.h>

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <string_view>

#include "analyzer/signs/words/mentions.h"

namespace composelint {

namespace {

// `NAME=` and nothing behind it, on a line of an env file.
bool leaves_empty(std::string_view text, std::string_view name) {
  for (std::size_t at = find_name(text, name); at != text.npos;
       at = find_name(text, name, at + 1)) {
    std::string_view rest = text.substr(at + name.size());
    const bool begins = at == 0 || text[at - 1] == '\n' || text[at - 1] == ' ';
    if (!begins || !rest.starts_with('=')) continue;
    rest = rest.substr(1, rest.find('\n') - 1);
    if (rest.find_first_not_of(" \t\r\"'") == rest.npos) return true;
  }
  return false;
}

// The names behind `$` and `${` in a text.
template <typename Look>
void for_each_variable(std::string_view text, Look look) {
  for (std::size_t at = text.find('$'); at != text.npos; at = text.find('$', at + 1)) {
    const std::size_t begin = at + (text.substr(at + 1).starts_with('{') ? 2 : 1);
    std::size_t end = begin;
    while (end < text.size() &&
           (text[end] == '_' || std::isalnum(static_cast<unsigned char>(text[end])) != 0)) {
      ++end;
    }
    if (end > begin) look(text.substr(begin, end - begin));
  }
}

}  // namespace

bool waits_for_a_value(const WorkspaceFacts& facts, const Span& place) {
  bool waits = false;
  for_each_variable(place.text(), [&](std::string_view name) {
    const bool empty =
        std::any_of(facts.projects.begin(), facts.projects.end(), [&](const Project* project) {
          return std::any_of(
              project->env_files.begin(), project->env_files.end(),
              [&](const SourceFile* env) { return leaves_empty(env->bytes(), name); });
        });
    if (!empty) return;
    for (const SourceFile* file : task_files(facts)) {
      waits |= find_name(file->bytes(), file_name(place.file->path())) != std::string_view::npos &&
               find_name(file->bytes(), name) != std::string_view::npos;
    }
  });
  return waits;
}

}  // namespace composelint

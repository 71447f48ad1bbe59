#include "analyzer/signs/files/optional_file.h"

#include <composelint/path_name.h>

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <string_view>

#include "analyzer/signs/words/mentions.h"
#include "analyzer/signs/words/wording.h"

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

// "NGPORT" of `s/NGPORT/800$n/`.
std::string_view replaced_by_sed(std::string_view word) {
  if (word.size() < 4 || word.front() != 's') return {};
  const char sign = word[1];
  if (std::isalnum(static_cast<unsigned char>(sign)) != 0 || sign == ' ') return {};
  return word.substr(2, word.find(sign, 2) - 2);
}

// A template: `sed "s/WEB_PORT/$port/" compose.yml > …` puts something in its place, and what
// Compose reads is the outcome.
bool is_replaced_by_sed(const WorkspaceFacts& facts, const Span& place) {
  constexpr std::size_t kShortest = 3;  // of a word that stands for another
  const std::string_view value = place.text();
  const auto replaces = [&](const Argument& word) {
    const std::string_view old = replaced_by_sed(word.text);
    return old.size() >= kShortest && value.find(old) != value.npos;
  };
  return std::any_of(facts.tasks.begin(), facts.tasks.end(), [&](const TaskView& task) {
    const SourceFile* script = task.timeline->file;
    if (script == nullptr ||
        find_name(script->bytes(), file_name(place.file->path())) == std::string_view::npos) {
      return false;
    }
    const auto& steps = task.timeline->steps;
    return std::any_of(steps.begin(), steps.end(), [&](const Step& step) {
      return program_name(step) == "sed" &&
             std::any_of(step.argv.begin(), step.argv.end(), replaces);
    });
  });
}

}  // namespace

bool waits_for_a_value(const WorkspaceFacts& facts, const Span& place) {
  if (place.file != nullptr && is_replaced_by_sed(facts, place)) return true;
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

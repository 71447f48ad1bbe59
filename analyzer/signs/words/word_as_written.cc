#include "analyzer/signs/words/word_as_written.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace composelint {

namespace {

// `PW=value`, `PW := "value"`, a line of an env file: what stands there is a variable's value.
bool is_value_of_variable(const Span& place) {
  const std::string_view bytes = place.file->bytes();
  std::size_t at = place.begin;
  while (at > 0 && std::string_view("\"' \t").find(bytes[at - 1]) != std::string_view::npos) --at;
  return at > 0 && bytes[at - 1] == '=';
}

}  // namespace

std::string word_as_written(const std::vector<Argument>& words, std::size_t at) {
  const Argument& word = words[at];
  if (!word.known()) return "…";
  const std::string_view there = word.span ? word.span.text() : std::string_view();
  std::size_t own = 0;  // bytes of the text that stand in the word itself
  for (const WrittenRun& run : word.runs) {
    const bool inside = run.span.file == word.span.file && run.span.begin >= word.span.begin &&
                        run.span.end <= word.span.end;
    own += inside ? run.size : 0;
  }
  if (there.find('$') == there.npos || own == word.text.size()) return word.text;
  const bool one_of_several = (at > 0 && words[at - 1].span == word.span) ||
                              (at + 1 < words.size() && words[at + 1].span == word.span);
  if (word.written && (one_of_several || !is_value_of_variable(word.written))) return word.text;
  if (one_of_several) return "…";
  std::string out;
  for (std::size_t i = 0; i < there.size(); ++i) {
    if (there[i] == '"') continue;
    if (there[i] == '\\' && i + 1 < there.size()) ++i;  // `\"` in a text for another shell
    out += there[i];
  }
  return out;
}

}  // namespace composelint

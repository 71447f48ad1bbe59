#include "analyzer/signs/words/callers_words.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace composelint {

namespace {

// The whole of a word that begins with the run: `NAME="$VALUE"`.
Span as_a_word(Span run) {
  const std::string_view text = run.file->bytes();
  const char front = run.begin > 0 ? text[run.begin - 1] : ' ';
  char quote = front == '"' || front == '\'' ? front : '\0';
  for (; run.end < text.size(); ++run.end) {
    const char c = text[run.end];
    const bool quoted = quote != '\0';
    if (c == '\n' || (!quoted && std::string_view(" \t\r;|&()").find(c) != text.npos)) break;
    if (quoted && c == quote) {
      quote = '\0';
    } else if (!quoted && (c == '"' || c == '\'')) {
      quote = c;
    }
  }
  return run;
}

// A run of the word that stands elsewhere in the file than the word itself.
Span handed_on(const Argument& word) {
  const auto run = std::find_if(word.runs.begin(), word.runs.end(), [&](const WrittenRun& each) {
    return each.span.file == word.span.file &&
           (each.span.end <= word.span.begin || each.span.begin >= word.span.end);
  });
  return run == word.runs.end() ? Span{} : as_a_word(run->span);
}

}  // namespace

const std::vector<Argument>* inner_with(const Step& step, const Argument* word) {
  const std::vector<Argument>* inner = step.call     ? &step.call->inner
                                       : step.docker ? &step.docker->inner
                                                     : nullptr;
  const bool inside = inner != nullptr && !inner->empty() && word >= inner->data() &&
                      word < inner->data() + inner->size();
  return inside ? inner : nullptr;
}

Span written_by_caller(const Step& step, const Argument& word) {
  const std::string_view text = word.span.text();
  if (text.find("$@") == text.npos && text.find("$*") == text.npos) return word.span;
  if (const Span own = handed_on(word)) return own;
  const auto* inner = inner_with(step, &word);
  if (inner == nullptr || &word == inner->data()) return word.span;
  const Argument& before = *(&word - 1);
  const Span front = before.span == word.span ? handed_on(before) : Span{};
  return front ? front : word.span;
}

}  // namespace composelint

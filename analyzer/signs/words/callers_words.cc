#include "analyzer/signs/words/callers_words.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace composelint {

Span whole_word(Span begin) {
  const std::string_view text = begin.file->bytes();
  const char front = begin.begin > 0 ? text[begin.begin - 1] : ' ';
  char quote = front == '"' || front == '\'' ? front : '\0';
  for (; begin.end < text.size(); ++begin.end) {
    const char c = text[begin.end];
    const bool quoted = quote != '\0';
    if (c == '\\') {
      ++begin.end;
      continue;
    }
    if (c == '\n' || (!quoted && std::string_view(" \t\r;|&()").find(c) != text.npos)) break;
    if (quoted && c == quote) {
      quote = '\0';
    } else if (!quoted && (c == '"' || c == '\'')) {
      quote = c;
    }
  }
  return begin;
}

bool is_handed_on(const Argument& word) {
  const std::string_view text = word.span.text();
  return text.find("$@") != text.npos || text.find("$*") != text.npos;
}

namespace {

// A run of the word that stands elsewhere in the file than the word itself.
Span handed_on(const Argument& word) {
  const auto run = std::find_if(word.runs.begin(), word.runs.end(), [&](const WrittenRun& each) {
    return each.span.file == word.span.file &&
           (each.span.end <= word.span.begin || each.span.begin >= word.span.end);
  });
  return run == word.runs.end() ? Span{} : whole_word(run->span);
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
  const auto* inner = inner_with(step, &word);
  const Argument* before = inner == nullptr || &word == inner->data() ? nullptr : &word - 1;
  // Words of one variable, `$cmd`, are several of one caller's word.
  const bool several = before != nullptr && before->span == word.span;
  if (!is_handed_on(word) && !several) return word.span;
  if (const Span own = handed_on(word)) return own;
  Span front = several ? handed_on(*before) : Span{};
  if (!front) return word.span;
  const std::string_view text = front.file->bytes();
  const std::size_t next = text.find_first_not_of(' ', front.end);
  if (next == text.npos || next == front.end) return front;
  front.end =
      whole_word({front.file, static_cast<std::uint32_t>(next), static_cast<std::uint32_t>(next)})
          .end;
  return front;
}

}  // namespace composelint

// What a script itself writes into the standard input of a step.
#pragma once

#include <composelint/step.h>
#include <composelint/timeline.h>

#include <algorithm>
#include <string>
#include <string_view>

namespace composelint {

// What a here-document holds; the redirect itself names its end.
[[nodiscard]] inline std::string_view here_document(const Step& step) {
  if (step.in.kind != StreamKind::kHere || step.in.span.file == nullptr) return {};
  std::string_view word = step.in.span.text().substr(0, step.in.span.text().find('\n'));
  word.remove_prefix(std::min(word.find_first_not_of("<- \t'\""), word.size()));
  word = word.substr(0, word.find_first_of("'\" \t;&|>"));
  if (word.empty()) return {};
  const std::string_view rest = step.in.span.file->bytes().substr(step.in.span.begin);
  const std::size_t begin = std::min(rest.find('\n'), rest.size());
  return rest.substr(begin, rest.find(word, begin) - begin);
}

// A here-document, a here-string, the words of `echo … |`; empty where it is anything else.
[[nodiscard]] inline std::string_view fed_text(const Step& step) {
  if (step.in.span.file == nullptr) return {};
  const std::string_view source = step.in.span.text();
  if (step.in.kind == StreamKind::kHere) {
    return source.starts_with("<<<") ? source : here_document(step);
  }
  const bool says = source.starts_with("echo ") || source.starts_with("printf ");
  return step.in.kind == StreamKind::kPipe && says ? source : std::string_view();
}

// All stages of the pipeline in front of the step, as they are written and with what is known of
// their words.
[[nodiscard]] inline std::string stages_before(const Timeline& timeline, const Step& step) {
  std::string out;
  for (const Step& other : timeline.steps) {
    if (&other == &step) break;
    if (step.pipeline == 0 || other.pipeline != step.pipeline) continue;
    out += other.span.text();
    for (const Argument& word : other.argv) out += " " + word.text;
    out += " | ";
  }
  if (step.in.span.file != nullptr && out.empty()) out = step.in.span.text();
  return out;
}

}  // namespace composelint

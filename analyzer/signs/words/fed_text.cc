#include "analyzer/signs/words/fed_text.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace composelint {

std::string_view here_document(const Step& step) {
  if (step.in.kind != StreamKind::kHere || step.in.span.file == nullptr) return {};
  std::string_view word = step.in.span.text().substr(0, step.in.span.text().find('\n'));
  word.remove_prefix(std::min(word.find_first_not_of("<- \t'\""), word.size()));
  word = word.substr(0, word.find_first_of("'\" \t;&|>"));
  if (word.empty()) return {};
  const std::string_view rest = step.in.span.file->bytes().substr(step.in.span.begin);
  const std::size_t begin = std::min(rest.find('\n'), rest.size());
  return rest.substr(begin, rest.find(word, begin) - begin);
}

std::string stages_before(const Timeline& timeline, const Step& step) {
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

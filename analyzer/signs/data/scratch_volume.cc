#include "analyzer/signs/data/scratch_volume.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "analyzer/signs/steps/sequence.h"

namespace composelint {

namespace {

// The place in an assignment that the word has its known part from; nowhere for what is put
// together on the command line itself, by another `date` each time.
Span assigned_at(const Argument& word) {
  if (word.runs.empty()) return {};
  const Span& from = word.runs.front().span;
  const bool here =
      from.file == word.span.file && word.span.begin <= from.begin && from.end <= word.span.end;
  return here ? Span{} : from;
}

// Another name each time: by the second, the process or at random.
bool is_new(const Argument& word) {
  static constexpr std::array<std::string_view, 4> kNew = {"$(mktemp)", "$(uuidgen)", "RANDOM",
                                                           "$"};
  const Span from = assigned_at(word);
  if (!from) return false;
  const std::string_view line = from.file->line_text(from.file->line_of(from.begin));
  const auto has = [&](std::string_view format) { return line.find(format) != line.npos; };
  return std::any_of(word.holes.begin(), word.holes.end(), [&](const Hole& hole) {
    const bool second = hole.name == "$(date)" && (has("%s") || has("%N") || has("%M%S"));
    return second || std::find(kNew.begin(), kNew.end(), hole.name) != kNew.end();
  });
}

bool makes(const Step& step, const Argument& name) {
  if (!step.docker || !step.docker->is("volume create")) return false;
  const auto& words = step.docker->operands;
  return std::any_of(words.begin(), words.end(), [&](const Argument& word) {
    return word.text == name.text && word.holes == name.holes &&
           assigned_at(word) == assigned_at(name);
  });
}

}  // namespace

bool is_scratch_volume(const Step& step, const Timeline& timeline) {
  if (!step.docker || step.docker->operands.empty()) return false;
  const auto& words = step.docker->operands;
  return std::all_of(words.begin(), words.end(), [&](const Argument& name) {
    return is_new(name) && last_before(timeline, step, [&](const Step& other) {
                             return makes(other, name) && same_place(other, step);
                           }) != nullptr;
  });
}

}  // namespace composelint

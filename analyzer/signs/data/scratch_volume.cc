#include "analyzer/signs/data/scratch_volume.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "analyzer/signs/steps/sequence.h"

namespace composelint {

namespace {

// Another name each time.
bool is_new(const Argument& word) {
  static constexpr std::array<std::string_view, 5> kNew = {"$(date)", "$(mktemp)", "$(uuidgen)",
                                                           "RANDOM", "$"};
  return std::any_of(word.holes.begin(), word.holes.end(), [](const Hole& hole) {
    return std::find(kNew.begin(), kNew.end(), hole.name) != kNew.end();
  });
}

bool makes(const Step& step, const Argument& name) {
  if (!step.docker || !step.docker->is("volume create")) return false;
  const auto& words = step.docker->operands;
  return std::any_of(words.begin(), words.end(), [&](const Argument& word) {
    return word.text == name.text && word.holes == name.holes;
  });
}

}  // namespace

bool is_scratch_volume(const Step& step, const Timeline& timeline) {
  if (!step.docker || step.docker->operands.empty()) return false;
  const auto& words = step.docker->operands;
  return std::all_of(words.begin(), words.end(), [&](const Argument& name) {
    return is_new(name) && last_before(timeline, step, [&](const Step& other) {
                             return makes(other, name);
                           }) != nullptr;
  });
}

}  // namespace composelint

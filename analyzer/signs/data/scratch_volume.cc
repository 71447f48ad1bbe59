#include "analyzer/signs/data/scratch_volume.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "analyzer/signs/steps/sequence.h"

namespace composelint {

namespace {

bool is_a_name(char c) {
  return c == '_' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

// The variable that is the whole word: `"$V"`, `${V}`.
std::string_view variable_of(std::string_view word) {
  const auto drop = [&](std::string_view begin, std::string_view end) {
    if (!word.starts_with(begin) || !word.ends_with(end)) return false;
    if (word.size() < begin.size() + end.size()) return false;
    word = word.substr(begin.size(), word.size() - begin.size() - end.size());
    return true;
  };
  drop("\"", "\"");
  if (!drop("${", "}") && !drop("$", "")) return {};
  return std::all_of(word.begin(), word.end(), is_a_name) ? word : std::string_view{};
}

// What the only assignment to it in the file gives; empty: there are several, or none.
std::string_view assigned(std::string_view text, std::string_view variable) {
  std::string_view out;
  const std::string begin = std::string(variable) + "=";
  for (std::size_t at = text.find(begin); at != text.npos; at = text.find(begin, at + 1)) {
    if (at > 0 && is_a_name(text[at - 1])) continue;
    if (!out.empty()) return {};
    const std::string_view rest = text.substr(at + begin.size());
    out = rest.substr(0, rest.find('\n'));
  }
  return out;
}

// Another name each time: by the second, the process or at random.
bool is_new(const Argument& word) {
  static constexpr std::array<std::string_view, 4> kNew = {"$(mktemp)", "$(uuidgen)", "RANDOM",
                                                           "$"};
  const std::string_view variable = variable_of(word.span.text());
  if (variable.empty()) return false;
  const std::string_view value = assigned(word.span.file->bytes(), variable);
  const bool second = value.find("%s") != value.npos || value.find("%S") != value.npos ||
                      value.find("%N") != value.npos;
  return !value.empty() && std::any_of(word.holes.begin(), word.holes.end(), [&](const Hole& hole) {
    return (hole.name == "$(date)" && second) ||
           std::find(kNew.begin(), kNew.end(), hole.name) != kNew.end();
  });
}

bool makes(const Step& step, const Argument& name) {
  if (!step.docker || !step.docker->is("volume create")) return false;
  const auto& words = step.docker->operands;
  return std::any_of(words.begin(), words.end(), [&](const Argument& word) {
    return word.span.file == name.span.file && word.span.text() == name.span.text();
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

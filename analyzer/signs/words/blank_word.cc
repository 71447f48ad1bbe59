#include "analyzer/signs/words/blank_word.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <utility>

namespace composelint {

namespace {

// `PLACE_HOLDER`, `place-holder` and `PlaceHolder` are one.
std::string letters_of(std::string_view word) {
  std::string out;
  for (const char c : word) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalpha(byte) != 0) out += static_cast<char>(std::tolower(byte));
  }
  return out;
}

bool stands_between(std::string_view word, std::string_view open, std::string_view close) {
  return word.size() > open.size() + close.size() && word.starts_with(open) &&
         word.ends_with(close);
}

}  // namespace

bool is_blank_word(std::string_view word) {
  static constexpr std::array<std::string_view, 4> kSays = {"changeme", "placeholder", "replaceme",
                                                            "replacethis"};
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kMarks = {
      {{"@", "@"}, {"__", "__"}, {"<", ">"}}};
  const std::string letters = letters_of(word);
  return std::any_of(kSays.begin(), kSays.end(),
                     [&](std::string_view said) { return letters.find(said) != letters.npos; }) ||
         std::any_of(kMarks.begin(), kMarks.end(), [&](const auto& mark) {
           return stands_between(word, mark.first, mark.second);
         });
}

}  // namespace composelint

#include "analyzer/signs/words/like_production.h"

#include <composelint/lower_case.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "analyzer/signs/words/development_words.h"

namespace composelint {

namespace {

// What a whole setup is called; "like production" may be said of anything.
constexpr std::array<std::string_view, 5> kCalled = {"mimics prod", "prod like", "prod-like",
                                                     "production-like", "simulates prod"};

// At the beginning of a word: "unlike production" is something else.
bool says(std::string_view text, std::string_view words) {
  for (std::size_t at = text.find(words); at != text.npos; at = text.find(words, at + 1)) {
    if (at == 0 || std::isalnum(static_cast<unsigned char>(text[at - 1])) == 0) return true;
  }
  return false;
}

bool says_any(std::string_view text, std::span<const std::string_view> of) {
  return std::any_of(of.begin(), of.end(),
                     [&](std::string_view words) { return says(text, words); });
}

}  // namespace

bool is_said_to_be_like_production(const HeadComment& head) {
  return says_any(head.text, kCalled) || says(head.text, "like production");
}

bool is_said_to_be_like_production(const Span& place) {
  const SourceFile& file = *place.file;
  // Upwards from the line: what stands deeper than one passed is of another block, and so is what
  // stands above a block beside it.
  std::size_t indent = std::string_view::npos;
  std::size_t below = 0;
  for (std::uint32_t number = file.line_of(place.begin); number > 0; --number) {
    const std::string_view line = file.line_text(number);
    const std::size_t begin = line.find_first_not_of(" \t\r");
    if (begin == line.npos) continue;
    if (line[begin] != '#') {
      const bool beside = begin == indent && below > begin;
      if (beside && begin == 0) return false;
      indent = beside ? begin - 1 : std::min(indent, begin);
      below = begin;
      continue;
    }
    if (begin > indent) continue;
    const std::string said = lower_case(line.substr(begin));
    if (says_any(said, kCalled) && has_name_word(said, {"test", "tests", "testing"})) return true;
  }
  return false;
}

}  // namespace composelint
